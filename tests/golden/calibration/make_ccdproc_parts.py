"""Overscan, bad-pixel masks and filled pixels by ccdproc, astropy and numpy. Run: python3 make_ccdproc_parts.py > ccdproc-parts.json

The frames are given by integer arithmetic, + - * and / alone, so that every language makes the very same pixels (see lcg-frames.ts).
"""
import json
import warnings

import astropy
import astropy.units as u
import ccdproc
import numpy as np
import scipy
from astropy.convolution import Gaussian2DKernel, interpolate_replace_nans
from astropy.modeling import models
from astropy.nddata import CCDData

warnings.simplefilter("ignore")
WIDTH, HEIGHT, SEED = 90, 64, 1962


def lcg(seed):
    state = seed
    while True:
        state = (1664525 * state + 1013904223) % 4294967296
        yield state / 4294967296


def overscan_frame():
    """A frame of 90 x 64 whose last 12 columns and last 8 rows saw no light; the level drifts along both."""
    draw = lcg(SEED)
    out = np.empty((HEIGHT, WIDTH))
    for y in range(HEIGHT):
        for x in range(WIDTH):
            u_ = y / 64
            level = 1000 + 40 * u_ * u_ * u_ - 25 * u_ + 6 / (1 + x / 8)
            light = 0 if x >= 78 or y >= 56 else 3000
            out[y, x] = level + light + 8 * (next(draw) + next(draw) - 1)
    return out.astype(np.float32)


def ratio_frame():
    """A ratio of flats: noise of about 0.004 and a slope, with single pixels, clusters, a column and a broken column that are off."""
    draw = lcg(SEED + 1)
    out = np.empty((HEIGHT, WIDTH))
    for y in range(HEIGHT):
        for x in range(WIDTH):
            out[y, x] = 1 + 0.0005 * x - 0.0003 * y + 0.01 * (next(draw) + next(draw) - 1)
    for _ in range(40):
        y, x, by = int(next(draw) * HEIGHT), int(next(draw) * WIDTH), next(draw) - 0.6
        out[y, x] += 0.5 * by
    out[30:33, 40:43] -= 0.3
    out[:, 70] -= 0.05
    for y in range(20, 50):
        if y % 6 != 0:
            out[y, 15] -= 0.4
    out[60:, 25] -= 0.4
    out[62, 25] += 0.4
    return out.astype(np.float32)


def mask_frame():
    """Bad pixels of every sort: 5 % alone, a column, a block, a corner, an edge."""
    draw = lcg(SEED + 2)
    bad = np.zeros((HEIGHT, WIDTH), bool)
    for y in range(HEIGHT):
        for x in range(WIDTH):
            bad[y, x] = next(draw) < 0.05
    bad[:, 20] = True
    bad[10:13, 50:54] = True
    bad[:3, :2] = True
    bad[30:34, 87:] = True
    return bad


frame = overscan_frame().astype(float)
ccd = CCDData(frame, unit=u.adu)
overscan = []
for section, axis in [("[79:90,1:56]", 1), ("[1:78,57:64]", 0)]:
    for median in (True, False):
        for name, degree in [(None, 0), ("legendre", 1), ("legendre", 5), ("chebyshev", 3), ("chebyshev", 10), ("legendre", 0)]:
            model = {None: lambda d: None, "legendre": models.Legendre1D, "chebyshev": models.Chebyshev1D}[name](degree)
            # The part of the frame that the levels are for; ccdproc wants one level a line of what is given.
            part = ccd[:56, :] if axis == 1 else ccd[:, :78]
            corrected = ccdproc.subtract_overscan(part, fits_section=section, overscan_axis=axis, median=median, model=model)
            levels = (part.data - corrected.data)[:, 0] if axis == 1 else (part.data - corrected.data)[0]
            overscan.append(dict(section=section, axis="rows" if axis == 1 else "columns", method="median" if median else "mean",
                                 basis=name, degree=degree, levels=levels.tolist(),
                                 sum=float(corrected.data.sum()), squares=float((corrected.data**2).sum())))

trimmed = ccdproc.trim_image(ccd, fits_section="[11:70,5:50]")
trim = dict(section="[11:70,5:50]", shape=list(trimmed.shape[::-1]), sum=float(trimmed.data.sum()),
            corners=[float(trimmed.data[j, i]) for j, i in [(0, 0), (0, -1), (-1, 0), (-1, -1)]])

ratio = ratio_frame()
masks = []
for options in [dict(), dict(findbadcolumns=True), dict(lsigma=6, hsigma=12, ncmed=5, nlmed=5, ncsig=11, nlsig=11), dict(byblocks=True),
                dict(findbadcolumns=True, ngood=3, lsigma=7, hsigma=7)]:
    found = ccdproc.ccdmask(CCDData(ratio, unit=u.dimensionless_unscaled), **options)
    masks.append(dict(options=options, pixels=np.flatnonzero(found).tolist()))

bad = mask_frame()
holed = np.where(bad, np.nan, frame)
lines = []
for y in (5, 40):
    good = np.flatnonzero(~bad[y])
    lines.append(dict(y=y, row=np.interp(np.arange(WIDTH), good, frame[y, good]).tolist()))
gaussian = []
for sigma in (1, 1.7):
    kernel = Gaussian2DKernel(sigma)
    # Cut at the edge as Asterism does: outside there is no pixel, and not one of 0.
    padded = np.pad(holed, 20, constant_values=np.nan)
    full = interpolate_replace_nans(padded, kernel)[20:-20, 20:-20]
    at = np.flatnonzero(bad)
    gaussian.append(dict(sigma=sigma, values=[None if not np.isfinite(v) else float(v) for v in full.ravel()[at]]))

print(json.dumps(dict(
    command="python3 make_ccdproc_parts.py > ccdproc-parts.json",
    versions=dict(ccdproc=ccdproc.__version__, astropy=astropy.__version__, numpy=np.__version__, scipy=scipy.__version__),
    width=WIDTH, height=HEIGHT, seed=SEED, checksums=[float(frame.sum()), float(ratio.astype(float).sum()), int(bad.sum())],
    overscan=overscan, trim=trim, masks=masks, lines=lines, gaussian=gaussian)))
