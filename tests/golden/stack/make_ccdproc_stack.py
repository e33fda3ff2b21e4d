"""A stack by ccdproc.Combiner of frames that lie whole pixels apart; the test draws the same frames and stacks them by their world coordinates.

Run: python3 make_ccdproc_stack.py > ccdproc-stack.json (needs numpy, astropy and ccdproc)

Values, and which of them are rejected, are ccdproc's. Its errors have another definition than ours: a mean's is s / sqrt(n) with s of n where
ours has n - 1, so the factor is put in; a median's is 1.4826 MAD / sqrt(n) where ours is sqrt(pi / 2) s / sqrt(n), by numpy.
"""
import json
import sys
import warnings

import astropy
import ccdproc
import numpy as np
from astropy.nddata import CCDData

warnings.simplefilter("ignore")
WIDTH, HEIGHT = 110, 96
OFFSETS = [[0, 0], [7, -4], [-11, 5], [3, 12], [-6, -9], [14, 2], [-2, 8]]


def lcg(seed):
    state = seed
    while True:
        state = (1664525 * state + 1013904223) % 2**32
        yield state / 4294967296


def list_stars():
    draw = lcg(11)
    return [[round(next(draw) * 130) - 10, round(next(draw) * 110) - 8, 400 + round(9000 * next(draw))] for _ in range(40)]


def draw_frame(index, stars):
    draw = lcg(100 + index)
    dx, dy = OFFSETS[index]
    data = np.zeros((HEIGHT, WIDTH))
    for y in range(HEIGHT):
        for x in range(WIDTH):
            value = 200 + 3 * index + 8 * (next(draw) + next(draw) - 1)
            if next(draw) < 0.01:
                value += 500 + 2000 * next(draw)
            for left, top, peak in stars:
                u, v = x + dx - left, y + dy - top
                squares = u * u + v * v
                if squares < 50:
                    width = 1 + squares / 5
                    value += peak / (width * width * width)
            data[y, x] = value
    return data.astype(np.float32)


def main():
    stars = list_stars()
    left, top = np.min(OFFSETS, axis=0)
    right, bottom = np.max(OFFSETS, axis=0)
    shape = (HEIGHT + bottom - top, WIDTH + right - left)
    planes = []
    for index, (dx, dy) in enumerate(OFFSETS):
        plane = np.full(shape, np.nan)
        plane[dy - top : dy - top + HEIGHT, dx - left : dx - left + WIDTH] = draw_frame(index, stars)
        planes.append(plane)
    coverage = np.isfinite(planes).sum(axis=0)
    draw = lcg(5)
    samples = [int(next(draw) * coverage.size) for _ in range(500)]

    def combine(method, clip):
        combiner = ccdproc.Combiner([CCDData(plane, mask=np.isnan(plane), unit="adu") for plane in planes])
        if clip:
            combiner.sigma_clipping(low_thresh=2, high_thresh=2, func="median", dev_func="std")
        result = combiner.median_combine() if method == "median" else combiner.average_combine()
        kept = combiner.data_arr
        count = kept.count(axis=0)
        error = np.asarray(result.uncertainty.array) * np.sqrt(count / np.maximum(count - 1, 1))
        if method == "median":
            error = np.ma.filled(kept.std(axis=0, ddof=1), np.nan) / np.sqrt(count) * np.where(count > 2, np.sqrt(np.pi / 2), 1)
        data = np.where(count > 0, np.asarray(result.data), np.nan)
        error = np.where(count > 1, error, np.nan)
        take = lambda values: [None if not np.isfinite(v) else float(v) for v in values.ravel()[samples]]
        return dict(
            method=method, clip=clip, sum=float(np.nansum(data)), error_sum=float(np.nansum(error)),
            rejected=int((coverage - count).sum()), data=take(data), uncertainty=take(error),
            count=[int(c) for c in count.ravel()[samples]],
        )

    json.dump(
        dict(
            versions=dict(python=sys.version.split()[0], numpy=np.__version__, astropy=astropy.__version__, ccdproc=ccdproc.__version__),
            width=WIDTH, height=HEIGHT, offsets=OFFSETS, stars=stars,
            grid=dict(width=int(shape[1]), height=int(shape[0]), left=int(left), top=int(top)),
            samples=samples, coverage=[int(c) for c in coverage.ravel()[samples]], covered=int(coverage.sum()),
            stacks=[combine("mean", False), combine("median", False), combine("mean", True), combine("median", True)],
        ),
        sys.stdout,
    )
    print()


main()
