"""Fringe scales by numpy, a sky surface by astropy. Run: python3 make_sky_parts.py > sky-parts.json

Frames are made by integer arithmetic, + - * and / alone (see lcg-frames.ts).
"""
import json
import warnings

import astropy
import numpy as np
from astropy.modeling import fitting, models
from astropy.stats import mad_std, sigma_clip, sigma_clipped_stats

warnings.simplefilter("ignore")
W, H, SEED = 128, 96, 2013


def lcg(seed):
    state = seed
    while True:
        state = (1664525 * state + 1013904223) % 4294967296
        yield state / 4294967296


def frame():
    """A sky with a bend, fringes by a periodic parabola, noise, and stars of profile 1 / (1 + d^2 / 4)^4."""
    draw = lcg(SEED)
    plane, fringe = np.empty((H, W)), np.empty((H, W))
    for y in range(H):
        for x in range(W):
            phase = (3 * x + 2 * y + x * y / 64) % 60 / 60
            fringe[y, x] = 4 * phase * (1 - phase) - 2 / 3
            plane[y, x] = 500 + 0.6 * x - 0.4 * y + 0.004 * x * y + 9 * (next(draw) + next(draw) - 1)
    yy, xx = np.mgrid[0:H, 0:W]
    for _ in range(25):
        sx, sy, peak = next(draw) * W, next(draw) * H, 50 + 3000 * next(draw)
        q = 1 + ((xx - sx) ** 2 + (yy - sy) ** 2) / 4
        plane += peak / (q * q * q * q)
    return plane.astype(np.float32), fringe.astype(np.float32)


plane, fringe = frame()
fringed = (plane.astype(float) + 37.5 * fringe.astype(float)).astype(np.float32).astype(float)


def fringe_fit(values, pattern):
    use = np.abs(values - np.median(values)) <= 5 * mad_std(values)
    for _ in range(21):
        offset, scale = np.linalg.lstsq(np.stack([np.ones(use.sum()), pattern[use]], axis=1), values[use], rcond=None)[0]
        residual = values - offset - scale * pattern
        scatter = mad_std(residual[use])
        again = np.abs(residual) <= 3 * scatter
        if np.array_equal(again, use):
            break
        use = again
    spread = pattern[use] - pattern[use].mean()
    return dict(scale=float(scale), offset=float(offset), scatter=float(scatter), used=int(use.sum()),
                error=float(scatter / np.sqrt((spread**2).sum())))


def surface(degree, box):
    xs, ys, levels, weights = [], [], [], []
    for top in range(0, H, box):
        for left in range(0, W, box):
            pixels = plane[top:top + box, left:left + box].astype(float).ravel()
            _, median, deviation = sigma_clipped_stats(pixels, sigma=3, maxiters=10)
            count = sigma_clip(pixels, sigma=3, maxiters=10, masked=True).count()
            xs.append(left + (box - 1) / 2), ys.append(top + (box - 1) / 2), levels.append(median), weights.append(np.sqrt(count) / deviation)
    fit = fitting.LinearLSQFitter()(models.Polynomial2D(degree), np.array(xs), np.array(ys), np.array(levels), weights=np.array(weights))
    yy, xx = np.mgrid[0:H, 0:W]
    values = fit(xx.astype(float), yy.astype(float))
    return dict(degree=degree, box=box, mean=float(values.mean()),
                picked=[[x, y, float(values[y, x])] for x, y in [(0, 0), (W - 1, 0), (0, H - 1), (W - 1, H - 1), (60, 40), (13, 77)]])


print(json.dumps(dict(
    command="python3 make_sky_parts.py > sky-parts.json", versions=dict(astropy=astropy.__version__, numpy=np.__version__),
    width=W, height=H, seed=SEED, checksum=float(plane.astype(float).sum()), fringe=fringe_fit(fringed.ravel(), fringe.ravel().astype(float)),
    surfaces=[surface(d, b) for d, b in [(1, 16), (2, 16), (3, 16), (2, 32), (4, 16)]])))
