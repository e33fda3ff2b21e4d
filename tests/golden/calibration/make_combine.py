"""Golden values for combining frames. Run: python3 make_combine.py > combine.json

Rules by ccdproc.Combiner and astropy.stats.sigma_clip where they have the rule, by plain numpy where they do not.
Uncertainties: ccdproc divides by n where Asterism divides by n - 1 (sample); the factor is put in here.
"""
import json
import sys
import warnings

import astropy
import astropy.units as u
import ccdproc
import numpy as np
from astropy.nddata import CCDData
from astropy.stats import mad_std, sigma_clip

warnings.simplefilter("ignore")
rng = np.random.default_rng(407)


def stack(n, pixels, holes):
    data = rng.normal(1000, 15, (n, pixels)).astype(np.float32)
    hits = rng.random((n, pixels)) < 0.06
    data[hits] += rng.exponential(600, hits.sum()).astype(np.float32)
    if holes:
        data[rng.random((n, pixels)) < 0.15] = np.nan
        data[:, 3] = np.nan
        data[1:, 4] = np.nan
    return data


def clean(values):
    return [None if not np.isfinite(v) else float(v) for v in np.ma.filled(np.ma.asarray(values, float), np.nan)]


def masked(data):
    return np.ma.masked_invalid(data.astype(np.float64))


def finish(kept, method, n):
    count = kept.count(axis=0)
    mean = kept.mean(axis=0)
    value = {"mean": mean, "median": np.ma.median(kept, axis=0), "sum": mean * n}[method]
    error = kept.std(axis=0, ddof=1) / np.sqrt(count)
    error = np.ma.masked_where(count < 2, error)
    if method == "median":
        error = np.ma.where(count > 2, error * np.sqrt(np.pi / 2), error)
    if method == "sum":
        error = error * n
    return dict(data=clean(value), uncertainty=clean(error), count=[int(c) for c in count])


def clip(data, low, high, center, deviation, iterations):
    # Functions and not names: with names astropy takes a compiled road that, after the last round, applies only the last
    # bounds to all values, so that a value may come back; with functions what is rejected stays rejected, as here.
    centers = dict(median=np.nanmedian, mean=np.nanmean)
    deviations = dict(std=np.nanstd, mad=lambda values, axis: mad_std(values, axis=axis, ignore_nan=True))
    return sigma_clip(masked(data), sigma_lower=low, sigma_upper=high, maxiters=iterations, cenfunc=centers[center],
                      stdfunc=deviations[deviation], axis=0, masked=True)


def winsorised(data, low, high, center, iterations):
    kept = masked(data).copy()
    mask = np.ma.getmaskarray(kept).copy()
    for pixel in range(data.shape[1]):
        for _ in range(iterations):
            good = ~mask[:, pixel]
            values = kept.data[good, pixel]
            if values.size < 4:
                break
            middle, sigma = np.median(values), np.std(values, ddof=1)
            for _ in range(50):
                clamped = np.clip(values, middle - 1.5 * sigma, middle + 1.5 * sigma)
                before, sigma = sigma, 1.134 * np.std(clamped, ddof=1)
                if abs(sigma - before) <= 0.0005 * before:
                    break
            at = np.median(clamped) if center == "median" else np.mean(clamped)
            out = (kept.data[:, pixel] < at - low * sigma) | (kept.data[:, pixel] > at + high * sigma)
            if not (out & good).any():
                break
            mask[:, pixel] |= out
    return np.ma.array(kept.data, mask=mask)


def percentile(data, low, high):
    lower, upper = np.nanpercentile(data.astype(float), [low, 100 - high], axis=0)
    return np.ma.masked_invalid(np.where((data >= lower) & (data <= upper), data.astype(float), np.nan))


def extremes(data, low, high):
    ccds = [CCDData(np.atleast_2d(row), unit=u.adu) for row in data.astype(np.float64)]
    combiner = ccdproc.Combiner(ccds)
    combiner.clip_extrema(nlow=low, nhigh=high)
    return np.ma.array(combiner.data_arr.data[:, 0], mask=combiner.data_arr.mask[:, 0])


def trimmed_error(data, kept, method):
    """Standard error of a trimmed mean from the winsorised deviation (Tukey & McLaughlin 1963)."""
    out = []
    for pixel in range(data.shape[1]):
        values = data[np.isfinite(data[:, pixel]), pixel].astype(float)
        left = kept[:, pixel].compressed()
        if left.size < 2:
            out.append(np.nan)
            continue
        deviation = np.std(np.clip(values, left.min(), left.max()), ddof=1)
        error = deviation * np.sqrt(values.size) / left.size
        out.append(error * (np.sqrt(np.pi / 2) if method == "median" and left.size > 2 else 1))
    return clean(out)


cases, stacks = [], {}
for name, n, holes in [("three", 3, False), ("twelve", 12, False), ("holes", 13, True), ("sixty", 60, False)]:
    data = stack(n, 24, holes)
    stacks[name] = [clean(row) for row in data]

    def add(combine, result):
        cases.append(dict(stack=name, combine=combine, **result))

    for method in ("mean", "median", "sum"):
        add(dict(method=method, rejection="none"), finish(masked(data), method, n))
    for low, high, center, deviation, iterations in [
        (3, 3, "median", "std", 5), (3, 2, "mean", "std", 1), (2.5, 2.5, "median", "mad", 5), (2, 3, "mean", "mad", 2),
    ]:
        for method in ("mean", "median"):
            kept = clip(data, low, high, center, deviation, iterations)
            add(dict(method=method, rejection="sigma-clip", low=low, high=high, center=center, deviation=deviation,
                     iterations=iterations), finish(kept, method, n))
    for center in ("median", "mean"):
        add(dict(method="mean", rejection="winsorized", low=3, high=2.5, center=center, iterations=5),
            finish(winsorised(data, 3, 2.5, center, 5), "mean", n))
    for method in ("mean", "median"):
        kept = percentile(data, 20, 15)
        result = finish(kept, method, n)
        result["uncertainty"] = trimmed_error(data, kept, method)
        add(dict(method=method, rejection="percentile", low=20, high=15), result)
        if not holes:
            kept = extremes(data, 1, 1)
            result = finish(kept, method, n)
            result["uncertainty"] = trimmed_error(data, kept, method)
            add(dict(method=method, rejection="min-max", low=1, high=1), result)

# The plain rules again through ccdproc's own combine calls, so that this file does not only agree with itself.
ccds = [CCDData(np.atleast_2d(np.array(row, float)), unit=u.adu) for row in stacks["twelve"]]
for combine, case in [("average_combine", 0), ("median_combine", 1), ("sum_combine", 2)]:
    ours = next(c for c in cases if c["stack"] == "twelve" and c["combine"] == dict(
        method=("mean", "median", "sum")[case], rejection="none"))
    theirs = getattr(ccdproc.Combiner(ccds), combine)()
    assert np.allclose(theirs.data[0], ours["data"], rtol=1e-12)
    if case != 1:
        assert np.allclose(theirs.uncertainty.array[0] * np.sqrt(12 / 11), ours["uncertainty"], rtol=1e-12)

scaled = stack(7, 24, False)
scales = [1.0, 0.5, 2.0, 1.25, 0.8, 3.0, 0.1]
weights = [1.0, 4.0, 0.25, 2.0, 1.0, 9.0, 0.5]
stacks["scaled"] = [clean(row) for row in scaled]
product = scaled.astype(float) * np.array(scales)[:, None]
w = np.array(weights)[:, None]
average = np.average(product, axis=0, weights=weights)
error = np.sqrt((w * (product - average) ** 2).sum(axis=0) / (6 * w.sum()))
cases.append(dict(stack="scaled", scales=scales, combine=dict(method="median", rejection="none"),
                  **finish(np.ma.array(product), "median", 7)))
cases.append(dict(stack="scaled", scales=scales, weights=weights,
                  combine=dict(method="mean", rejection="none", weights="inverse-variance"),
                  data=clean(average), uncertainty=clean(error), count=[7] * 24))

json.dump(dict(made="python3 make_combine.py > combine.json",
               versions=dict(python=sys.version.split()[0], numpy=np.__version__, astropy=astropy.__version__,
                             ccdproc=ccdproc.__version__),
               stacks=stacks, cases=cases), sys.stdout)
