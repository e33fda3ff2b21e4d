"""Golden trends, box searches and CCD noise from scipy and astropy on seeded series.

Run: python3 make_lightcurve_golden.py > lightcurve_golden.json
"""
import json
import sys

import astropy
import numpy as np
import scipy
from astropy.stats import signal_to_noise_oir_ccd
from astropy.timeseries import BoxLeastSquares
from scipy.optimize import curve_fit

SEED = 32
rng = np.random.default_rng(SEED)


def trend():
    n = 120
    airmass = 1 + 0.9 * np.linspace(-0.3, 1, n) ** 2
    fwhm = 3 + 0.3 * rng.standard_normal(n)
    error = rng.uniform(0.003, 0.009, n)
    flux = np.exp(0.12 - 0.11 * airmass + 0.01 * fwhm) * (1 + error * rng.standard_normal(n))
    ones = np.ones(n)
    design = np.column_stack([ones, airmass, fwhm])
    # ln flux with weights (flux / error)^2; curve_fit scales the covariance by reduced chi^2 as we do
    exponential, covariance = curve_fit(
        lambda x, a, b, c: a + b * x[0] + c * x[1], np.array([airmass, fwhm]), np.log(flux), sigma=error / flux)
    linear, linear_covariance = curve_fit(
        lambda x, a, b, c: a + b * x[0] + c * x[1], np.array([airmass, fwhm]), flux, sigma=error)
    chi2 = float(np.sum(((flux - design @ linear) / error) ** 2))
    return {
        "airmass": airmass.tolist(), "fwhm": fwhm.tolist(), "flux": flux.tolist(), "error": error.tolist(),
        "exponential": exponential.tolist(), "exponential_error": np.sqrt(np.diag(covariance)).tolist(),
        "linear": linear.tolist(), "linear_error": np.sqrt(np.diag(linear_covariance)).tolist(),
        "linear_bic": n * np.log(chi2 / n) + 3 * np.log(n),
    }


def box(depth, start, end):
    n = 150
    time = np.linspace(0, 0.3, n)
    error = np.full(n, 0.004)
    flux = 1 - depth * ((time > start) & (time < end)) + error * rng.standard_normal(n)
    durations = np.linspace(0.02, 0.2, 181)
    found = BoxLeastSquares(time, flux, error).power(np.array([10.0]), durations, objective="snr", oversample=40)
    return {
        "time": time.tolist(), "flux": flux.tolist(), "error": error.tolist(),
        "depth": float(found.depth[0]), "depth_error": float(found.depth_err[0]),
        "mid": float(found.transit_time[0]), "duration": float(found.duration[0]), "snr": float(found.depth_snr[0]),
    }


noise = []
for _ in range(20):
    seconds, source, sky = float(rng.uniform(5, 300)), float(rng.uniform(10, 5000)), float(rng.uniform(0.1, 50))
    gain, read, pixels = float(rng.uniform(0.3, 3)), float(rng.uniform(2, 15)), float(rng.uniform(20, 300))
    noise.append({
        "seconds": seconds, "source_adu_per_s": source, "sky_adu_per_s": sky, "gain": gain, "read": read, "pixels": pixels,
        "snr": float(signal_to_noise_oir_ccd(seconds, source, sky, 0, read, pixels, gain)),
    })

json.dump({
    "versions": {"python": sys.version.split()[0], "astropy": astropy.__version__, "scipy": scipy.__version__, "numpy": np.__version__},
    "command": "python3 make_lightcurve_golden.py > lightcurve_golden.json", "seed": SEED,
    "trend": trend(), "boxes": [box(0.02, 0.11, 0.21), box(0.01, 0.05, 0.12), box(0.03, 0.2, 0.26)], "noise": noise,
}, sys.stdout, indent=1)
