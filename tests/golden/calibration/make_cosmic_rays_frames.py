"""Cosmic rays of whole real frames by astroscrappy: how many pixels, where (a sum that knows places), and what they were filled with.

Run: python3 make_cosmic_rays_frames.py <folder of the shared data> > cosmic-rays-frames.json. No pixel of the frames is written.
"""
import json
import sys

import astropy
import astroscrappy
import numpy as np
from astropy.io import fits

FRAMES = [
    ("suhora_polarimetry/oj287p1-r120s0017.fits.gz", {"gain": 1.2, "readNoise": 9.0, "saturation": 60000.0}),
    ("suhora_polarimetry/g191b2bp3-r20s0001.fits.gz", {"gain": 1.2, "readNoise": 9.0, "saturation": 60000.0, "sigclip": 6.0}),
    ("hatp32_transit/HatP32Dec202017/HATP-32171220014512.FITS.gz", {"gain": 1.0, "readNoise": 5.0, "saturation": 4000.0}),
    ("longslit_st402/raw/L2-sci-hg-240.00000002.FIT.gz", {"gain": 1.5, "readNoise": 17.0, "saturation": 60000.0, "sigclip": 5.0}),
]
DEFAULTS = {"sigclip": 4.5, "sigfrac": 0.3, "objlim": 5.0, "iterations": 4}

cases = []
for path, changes in FRAMES:
    frame = fits.getdata(f"{sys.argv[1]}/{path}").astype(np.float32)
    # The square medians of the large frames take too long for a test that runs often; a piece of one is in cosmic-rays.json.
    for separable in (True,) if frame.size > 900_000 else (True, False):
        p = {**DEFAULTS, **changes}
        found, cleaned = astroscrappy.detect_cosmics(
            frame, sigclip=p["sigclip"], sigfrac=p["sigfrac"], objlim=p["objlim"], gain=p["gain"], readnoise=p["readNoise"],
            satlevel=p["saturation"] * p["gain"], niter=p["iterations"], sepmed=separable, cleantype="meanmask")
        at = np.flatnonzero(found)
        # The indices as differences: exact, and short.
        cases.append({"frame": path, "parameters": {**p, "separableMedian": separable, "clean": "meanmask"},
                      "steps": np.diff(at, prepend=0).tolist(), "cleaned": float(cleaned.ravel()[at].astype(float).sum())})
print(json.dumps({"command": "python3 make_cosmic_rays_frames.py ../shared/data > cosmic-rays-frames.json",
                  "versions": {"astroscrappy": astroscrappy.__version__, "numpy": np.__version__, "astropy": astropy.__version__}, "cases": cases}))
