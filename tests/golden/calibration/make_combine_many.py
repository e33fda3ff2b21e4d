"""Golden values for combining 2 to 300 frames with holes, scales and weights. Run: python3 make_combine_many.py > combine-many.json

Combined by ccdproc.Combiner, with its scaling and weights, after astropy's sigma_clip; uncertainties by numpy.
Values are multiples of 1/64 and scales of 1/16, so that products are exact in f32 and only the combining is judged.
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
PIXELS = 8
COUNTS = [2, 3, 20, 21, 64, 65, 300]


def make_stack(rng, n):
    data = 1000 + 40 * rng.random(PIXELS) + rng.normal(0, 12, (n, PIXELS))
    hits = rng.random((n, PIXELS)) < 0.05
    data[hits] += rng.exponential(800, hits.sum())
    data = np.round(data * 64) / 64
    # Columns 0 to 3 are whole; the others have holes; of 6 one value is left, of 7 none.
    data[:, 4:][rng.random((n, PIXELS - 4)) < 0.1] = np.nan
    data[1:, 6] = np.nan
    data[0, 6] = 1234.5
    data[:, 7] = np.nan
    return data


def clean(values):
    return [None if not np.isfinite(v) else float(v) for v in np.ma.filled(np.ma.asarray(values, float), np.nan)]


def combiner(data, scales, weights):
    ccds = [CCDData(np.atleast_2d(row), unit=u.adu, mask=np.atleast_2d(~np.isfinite(row))) for row in data]
    made = ccdproc.Combiner(ccds)
    if scales is not None:
        made.scaling = np.array(scales)
    if weights is not None:
        made.weights = np.array(weights)
    return made


def values_of(made):
    """The scaled values that are left, frames by pixels."""
    values = made.data_arr[:, 0, :]
    return values if made.scaling is None else values * np.asarray(made.scaling).reshape(-1, 1)


def scale_before(made, scales):
    """ccdproc clips before it scales; here frames are scaled first, and so they are given to it scaled."""
    return combiner(np.ma.filled(values_of(made), np.nan), None, None)


def finish(made, method, weights):
    left = values_of(made)
    n, count = left.shape[0], left.count(axis=0)
    if weights is not None:
        made.weights = np.array(weights)
    call = {"mean": "average_combine", "median": "median_combine", "sum": "average_combine"}[method]
    result = getattr(made, call)()
    value = np.ma.array(result.data[0], mask=count == 0)
    if weights is not None:
        # ccdproc 2.5.1 divides by the weights of all frames, also of those that are masked: right only where nothing is.
        whole = count == n
        value = np.ma.average(left, axis=0, weights=weights)
        assert np.allclose(value[whole], result.data[0][whole], rtol=1e-12)
    if method == "sum":
        value = value * n
    if weights is None:
        error = left.std(axis=0, ddof=1) / np.sqrt(count)
        if method == "median":
            error = np.ma.where(count > 2, error * np.sqrt(np.pi / 2), error)
        if method == "sum":
            error = error * n
    else:
        w = np.ma.array(np.broadcast_to(np.array(weights)[:, None], left.shape), mask=np.ma.getmaskarray(left))
        error = np.ma.sqrt((w * (left - value) ** 2).sum(axis=0) / ((count - 1) * w.sum(axis=0)))
    return dict(data=clean(value), uncertainty=clean(np.ma.masked_where(count < 2, error)), count=[int(c) for c in count])


def clip(made, low, high, center, deviation, iterations):
    # Functions and not names: see make_combine.py.
    centers = dict(median=np.nanmedian, mean=np.nanmean)
    deviations = dict(std=np.nanstd, mad=lambda values, axis: mad_std(values, axis=axis, ignore_nan=True))
    # ccdproc 2.5.1 passes `maxiters` on twice and so clips but once; this is the call that it makes.
    made.data_arr.mask |= sigma_clip(made.data_arr, sigma_lower=low, sigma_upper=high, axis=0, maxiters=iterations,
                                     cenfunc=centers[center], stdfunc=deviations[deviation], masked=True).mask
    return made


stacks, cases = {}, []
for n in COUNTS:
    rng = np.random.default_rng(65_300 + n)
    data = make_stack(rng, n)
    scales = [float(v) for v in rng.integers(8, 33, n) / 16]
    weights = [float(v) for v in rng.integers(1, 40, n) / 8]
    stacks[str(n)] = dict(planes=[clean(row) for row in data], scales=scales, weights=weights)

    def add(combine, result, scaled=False):
        cases.append(dict(frames=n, combine=combine, scaled=scaled, **result))

    def fresh(scaled):
        plain = combiner(data, scales if scaled else None, None)
        return scale_before(plain, scales) if scaled else plain

    for scaled in (False, True):
        for method in ("mean", "median", "sum"):
            add(dict(method=method, rejection="none"), finish(fresh(scaled), method, None), scaled)
        add(dict(method="mean", rejection="none", weights="inverse-variance"), finish(fresh(scaled), "mean", weights), scaled)
        for low, high, center, deviation, iterations in [(3, 3, "median", "mad", 5), (2.5, 3, "median", "std", 2),
                                                         (3, 2, "mean", "std", 4)]:
            rule = dict(rejection="sigma-clip", low=low, high=high, center=center, deviation=deviation, iterations=iterations)
            for method in ("mean", "median"):
                kept = clip(fresh(scaled), low, high, center, deviation, iterations)
                add(dict(method=method, **rule), finish(kept, method, None), scaled)
            kept = clip(fresh(scaled), low, high, center, deviation, iterations)
            add(dict(method="mean", weights="inverse-variance", **rule), finish(kept, "mean", weights), scaled)

json.dump(dict(made="python3 make_combine_many.py > combine-many.json",
               versions=dict(python=sys.version.split()[0], numpy=np.__version__, astropy=astropy.__version__,
                             ccdproc=ccdproc.__version__),
               stacks=stacks, cases=cases), sys.stdout)
