"""Calibrated values and uncertainties by ccdproc. Run: python3 make_uncertainty.py > uncertainty.json   (versions are in the file)

create_deviation, subtract_bias, subtract_dark (scaled), flat_correct, gain_correct, in this order, in float64 from float32 planes.
flat_correct is given norm_value=1: the flats are relative responses already.
"""
import json
import sys
import warnings

import astropy
import astropy.units as u
import ccdproc
import numpy as np
from astropy.nddata import CCDData, StdDevUncertainty

warnings.simplefilter("ignore")
SEED = 1123
rng = np.random.default_rng(SEED)
N = 60


def plane(level, spread):
    return rng.normal(level, spread, N).astype(np.float32)


raw = plane(3000, 900)
raw[:4] = [-50, 0, 65535, 100.25]
planes = {"raw": raw, "bias": plane(300, 4), "dark": plane(80, 9), "flat": plane(1, 0.1),
          "biasUncertainty": np.abs(plane(2, 0.5)), "darkUncertainty": np.abs(plane(3, 0.5)), "flatUncertainty": np.abs(plane(0.004, 0.001))}


def ccd(data, error=None, unit=u.adu):
    error = None if error is None else StdDevUncertainty(error.astype(float))
    return CCDData(data.astype(float), uncertainty=error, unit=unit)


def reduce(gain, read_noise, factor, used, pedestal=0.0, to_electrons=True):
    # A pedestal is what overscan correction takes off before the deviation is made; it is put back, since the bias holds it.
    frame = ccd(raw.astype(float) - pedestal)
    frame = ccdproc.create_deviation(frame, gain=gain * u.electron / u.adu, readnoise=read_noise * u.electron, disregard_nan=True)
    frame = frame.add(pedestal * u.adu)
    if "bias" in used:
        frame = ccdproc.subtract_bias(frame, ccd(planes["bias"], planes["biasUncertainty"]))
    if "dark" in used:
        frame = ccdproc.subtract_dark(frame, ccd(planes["dark"], planes["darkUncertainty"]), dark_exposure=1 * u.s,
                                      data_exposure=factor * u.s, scale=True)
    if "flat" in used:
        flat = ccd(planes["flat"], planes["flatUncertainty"], u.dimensionless_unscaled)
        frame = ccdproc.flat_correct(frame, flat, norm_value=1)
    if to_electrons:
        frame = ccdproc.gain_correct(frame, gain * u.electron / u.adu)
    return {"gain": gain, "readNoise": read_noise, "darkFactor": factor, "used": used, "pedestal": pedestal, "electrons": to_electrons,
            "data": frame.data.tolist(), "uncertainty": frame.uncertainty.array.tolist()}


cases = [
    reduce(1.7, 9.0, 0.25, ["bias", "dark", "flat"]),
    reduce(0.4, 3.5, 3.0, ["bias", "dark", "flat"], to_electrons=False),
    reduce(2.2, 12.0, 1.0, ["bias"]),
    reduce(2.2, 12.0, 1.0, ["dark"]),
    reduce(2.2, 12.0, 1.0, ["flat"]),
    reduce(2.2, 0.0, 1.0, []),
    reduce(1.7, 9.0, 0.25, ["bias", "dark", "flat"], pedestal=295.5),
]
json.dump({"command": "python3 make_uncertainty.py > uncertainty.json", "ccdproc": ccdproc.__version__, "astropy": astropy.__version__,
           "numpy": np.__version__, "seed": SEED, "planes": {k: v.tolist() for k, v in planes.items()}, "cases": cases}, sys.stdout)
