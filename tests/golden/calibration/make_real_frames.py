"""Calibrates one real light of the suhora_polarimetry set with numpy in f64 and writes sums and 50 sampled results.

Run: python3 make_real_frames.py <path of suhora_polarimetry> > real-frames.json. No pixel of the set is written, only results.
"""
import json
import sys

import astropy
import numpy as np
from astropy.io import fits

folder = sys.argv[1]


def read(name):
    return fits.getdata(f"{folder}/{name}.fits.gz").astype(np.float64)


bias_names = ["biasn-b0s0006", "biassu0s0017", "biassu0s0018"]
bias = np.median([read(name) for name in bias_names], axis=0)
dark = read("darkn-b90s0008") - bias
flats = []
for name in ("flatp1-r2s0001", "flatp1-r2s0002"):
    flat = read(name) - bias - dark * 2 / 90
    flats.append(flat / np.median(flat))
flat = np.mean(flats, axis=0)
flat /= np.median(flat)
flat[flat <= 0.05] = np.nan
light = (read("ee_cepp1-r20s0012") - bias - dark * 20 / 90) / flat
rng = np.random.default_rng(50)
height, width = light.shape
places = [(int(x), int(y)) for x, y in zip(rng.integers(0, width, 50), rng.integers(0, height, 50))]


def clean(value):
    return None if not np.isfinite(value) else float(value)


json.dump(dict(
    made="python3 make_real_frames.py ../shared/data/suhora_polarimetry > real-frames.json",
    versions=dict(python=sys.version.split()[0], numpy=np.__version__, astropy=astropy.__version__),
    width=width, height=height, finite=int(np.isfinite(light).sum()),
    flatSum=float(np.nansum(flat)), sum=float(np.nansum(light)), squares=float(np.nansum(light**2)),
    median=float(np.nanmedian(light)), samples=[[x, y, clean(light[y, x])] for x, y in places]), sys.stdout, indent=1)
