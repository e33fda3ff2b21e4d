"""Masks of ccdproc.ccdmask on ratios of real flats. Run: python3 make_flat_defects.py <folder of the shared data> > flat-defects.json

A window of each frame; only indices of bad pixels are written.
"""
import json
import sys
import warnings

import astropy
import astropy.units as u
import ccdproc
import numpy as np
import scipy
from astropy.io import fits
from astropy.nddata import CCDData

warnings.simplefilter("ignore")
PAIRS = [
    ("suhora_polarimetry/flatp1-r2s0001.fits.gz", "suhora_polarimetry/flatp1-r2s0002.fits.gz", [300, 200, 260, 240]),
    ("stl1001_ptc/flat-expos23s-Neg5-Vis.00000000.FIT.gz", "stl1001_ptc/flat-expos23s-Neg5-Vis.00000001.FIT.gz", [0, 700, 250, 324]),
    ("stl1001_ptc/darks-expos300s-Neg5-Vis.00000000.DARK.FIT.gz", "stl1001_ptc/flat-expos23s-Neg5-Vis.00000001.FIT.gz", [500, 500, 200, 200]),
]
cases = []
for first, second, (left, top, width, height) in PAIRS:
    a, b = (fits.getdata(f"{sys.argv[1]}/{name}").astype(np.float32)[top:top + height, left:left + width] for name in (first, second))
    for options in [dict(findbadcolumns=True), dict(lsigma=12, hsigma=12), dict(byblocks=True, lsigma=10, hsigma=10)]:
        mask = ccdproc.ccdmask(CCDData(a / b, unit=u.dimensionless_unscaled), **options)
        cases.append(dict(first=first, second=second, window=[left, top, width, height], options=options, pixels=np.flatnonzero(mask).tolist()))
print(json.dumps(dict(command="python3 make_flat_defects.py ../shared/data > flat-defects.json",
                      versions=dict(ccdproc=ccdproc.__version__, astropy=astropy.__version__, scipy=scipy.__version__, numpy=np.__version__),
                      cases=cases)))
