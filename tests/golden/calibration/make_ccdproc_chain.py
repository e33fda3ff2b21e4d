"""The whole calibration of a frame and every way of combining, step by step, by ccdproc on CCDData.

Run: python3 make_ccdproc_chain.py <folder of the shared data> > ccdproc-chain.json. Of real frames only sums and sampled results are written.
Planes of the synthetic case are made by integer arithmetic, + - * and / alone (see lcg-frames.ts).
"""
import gzip
import json
import sys
import warnings
from io import BytesIO

import astropy
import astropy.units as u
import ccdproc
import numpy as np
from astropy.io import fits
from astropy.modeling import models
from astropy.nddata import CCDData, StdDevUncertainty
from astropy.stats import sigma_clip

warnings.simplefilter("ignore")
SHARED = sys.argv[1]
PICKED = 24


def lcg(seed):
    state = seed
    while True:
        state = (1664525 * state + 1013904223) % 4294967296
        yield state / 4294967296


def summary(ccd, picked=PICKED):
    """Enough to tell two planes apart: sums over what is finite, sampled pixels, and a checksum of the mask that knows places."""
    data = np.asarray(ccd.data, float).ravel()
    error = None if ccd.uncertainty is None else np.asarray(ccd.uncertainty.array, float).ravel()
    mask = np.zeros(data.size, bool) if ccd.mask is None else np.broadcast_to(ccd.mask, ccd.data.shape).ravel()
    draw = lcg(data.size)
    at = [int(next(draw) * data.size) for _ in range(picked)]

    def numbers(values):
        return dict(sum=float(values[np.isfinite(values)].sum()), finite=int(np.isfinite(values).sum()),
                    picked=[float(v) if np.isfinite(v) else None for v in values[at]])

    return dict(width=ccd.data.shape[1], height=ccd.data.shape[0], data=numbers(data),
                uncertainty=None if error is None else numbers(error),
                masked=int(mask.sum()), places=int(np.flatnonzero(mask).sum()))


# Every step on one synthetic frame

def plane(seed, width, height, level, spread):
    draw = lcg(seed)
    return np.array([[level + spread * (next(draw) + next(draw) - 1) for _ in range(width)] for _ in range(height)])


def spots(seed, width, height, part):
    draw = lcg(seed)
    return np.array([[next(draw) < part for _ in range(width)] for _ in range(height)])


W, H = 60, 50


def master(seed, level, spread, error, part):
    return CCDData(plane(seed, W - 8, H, level, spread), unit=u.adu, mask=spots(seed + 100, W - 8, H, part),
                   uncertainty=StdDevUncertainty(plane(seed + 200, W - 8, H, error, error / 2)))


def synthetic():
    raw = plane(1, W, H, 1400, 900)
    raw[:, 52:] = plane(2, 8, H, 700, 15)
    cases = []
    for model, median, gain_first, unmasked, negative in [(None, True, False, False, "read-noise"), ("legendre", False, True, False, "nan"),
                                                          ("chebyshev", True, False, True, "read-noise")]:
        steps = []
        frame = CCDData(raw.copy(), unit=u.adu, mask=spots(3, W, H, 0.02))
        fit = {None: None, "legendre": models.Legendre1D(3), "chebyshev": models.Chebyshev1D(4)}[model]

        def record(name):
            steps.append(dict(step=name, **summary(frame)))

        frame = ccdproc.subtract_overscan(frame, fits_section="[53:60,1:50]", median=median, model=fit)
        record("overscan")
        frame = ccdproc.trim_image(frame, fits_section="[1:52,1:50]")
        record("trim")
        frame = ccdproc.create_deviation(frame, gain=1.7 * u.electron / u.adu, readnoise=9 * u.electron, disregard_nan=negative == "read-noise")
        record("deviation")
        frame.mask = frame.mask | spots(4, W - 8, H, 0.03)
        record("bad-pixels")
        masters = dict(bias=master(11, 20, 4, 1, 0.01), dark=master(12, 60, 30, 2, 0.02), flat=master(13, 30000, 9000, 80, 0.02))
        if unmasked:
            for one in masters.values():
                one.mask = None
        masters["flat"].data[7, 9] = 100.0
        gain = 1.7 * u.electron / u.adu
        if gain_first:
            frame = ccdproc.gain_correct(frame, gain)
            record("gain")
            for name in ("bias", "dark"):
                masters[name] = ccdproc.gain_correct(masters[name], gain)
        frame = ccdproc.subtract_bias(frame, masters["bias"])
        record("bias")
        frame = ccdproc.subtract_dark(frame, masters["dark"], dark_exposure=40 * u.s, data_exposure=90 * u.s, scale=True)
        record("dark")
        frame = ccdproc.flat_correct(frame, masters["flat"], min_value=2000 if gain_first else None, norm_value=29000 if unmasked else None)
        record("flat")
        if not gain_first:
            frame = ccdproc.gain_correct(frame, gain)
            record("gain")
        cases.append(dict(model=model, method="median" if median else "mean", gainFirst=gain_first, masked=not unmasked, negative=negative,
                          steps=steps))
    return cases


# Ways of combining

def combine(frames, how, masks=None, scales=None, weights=None):
    combiner = ccdproc.Combiner([CCDData(f, unit=u.adu, mask=None if masks is None else masks[i]) for i, f in enumerate(frames)])
    rejection = how["rejection"]
    if rejection == "sigma-clip":
        deviation = {"std": "std", "mad": "mad_std"}[how["deviation"]]
        if how["iterations"] == 1:
            combiner.sigma_clipping(low_thresh=how["low"], high_thresh=how["high"], func=how["center"], dev_func=deviation)
        else:
            # Its own line with more rounds: Combiner.sigma_clipping(maxiters=...) ends in a TypeError, and a second call changes nothing.
            combiner.data_arr.mask |= sigma_clip(combiner.data_arr.data, sigma_lower=how["low"], sigma_upper=how["high"], axis=0, copy=False,
                                                 maxiters=how["iterations"], cenfunc=how["center"], stdfunc=deviation, masked=True).mask
    if rejection == "min-max":
        combiner.clip_extrema(nlow=how["low"], nhigh=how["high"])
    if scales is not None:
        combiner.scaling = np.array(scales)
    if weights is not None:
        combiner.weights = np.array(weights)
    call = {"mean": "average_combine", "median": "median_combine", "sum": "sum_combine"}[how["method"]]
    result = getattr(combiner, call)()
    count = len(frames) - (combiner.data_arr.mask | ~np.isfinite(combiner.data_arr.data)).sum(axis=0)
    return result, count


def ways(low, high):
    for method in ("mean", "median", "sum"):
        yield dict(method=method, rejection="none")
        for center, deviation, iterations in [("mean", "std", 1), ("median", "std", 5), ("median", "mad", 1), ("median", "mad", 5), ("mean", "mad", 2),
                                              ("mean", "std", 5)]:
            yield dict(method=method, rejection="sigma-clip", low=low, high=high, center=center, deviation=deviation, iterations=iterations)
        yield dict(method=method, rejection="min-max", low=1, high=1)


def combinations(frames, low, high, masks=None):
    n = len(frames)
    scales = [round(1 + 0.05 * (i - 1.5), 3) for i in range(n)]
    weights = [round(1 + 0.4 * ((i * 3) % 5), 3) for i in range(n)]
    for how in ways(low, high):
        # Which of several equal whole numbers is the least is up to numpy's sort, and with it whose weight and scale goes.
        tied = how["rejection"] == "min-max" and all(np.all(frame == np.round(frame)) for frame in frames)
        for scaled in (False,) if tied else (False, True):
            for weighted in ((False, True) if how["method"] != "median" and not scaled and not tied else (False,)):
                result, count = combine(frames, how, masks, scales if scaled else None, weights if weighted else None)
                combined = dict(how, **(dict(weights="inverse-variance") if weighted else {}))
                yield dict(combine=combined, scales=scales if scaled else None, weights=weights if weighted else None,
                           counts=int(count.sum()), countPlaces=int((count.ravel() * np.arange(count.size)).sum()), **summary(result, 8))


def synthetic_stack():
    frames = [plane(50 + i, 30, 20, 1000 + 3 * i, 40) for i in range(9)]
    for i, frame in enumerate(frames):
        frame[spots(70 + i, 30, 20, 0.05)] += 700
    masks = [spots(90 + i, 30, 20, 0.08) for i in range(9)]
    for mask in masks:
        mask[4, 4] = True
    return dict(plain=list(combinations(frames, 2, 2.2)), masked=list(combinations(frames, 2, 2.2, masks)))


# Real frames

def read(path):
    with gzip.open(f"{SHARED}/{path}.gz") as file:
        return fits.getdata(BytesIO(file.read())).astype(float)


REAL = [
    dict(set="suhora_polarimetry", bias=["biasn-b0s0006.fits", "biassu0s0017.fits", "biassu0s0018.fits"], dark=["darkn-b90s0008.fits"],
         flat=["flatp1-r2s0001.fits", "flatp1-r2s0002.fits"], light="ee_cepp1-r20s0012.fits", exposures=[90, 2, 20],
         gain=1.3, readNoise=9.5, gainFirst=False, trim="[11:1014,3:1020]", overscan=None, badAbove=60),
    dict(set="stl1001_ptc", bias=[f"biases-Neg5-Vis.0000000{i}.BIAS.FIT" for i in range(3)],
         dark=[f"darks-expos1-Neg5-Vis.0000000{i}.DARK.FIT" for i in range(3)], flat=[f"flat-expos23s-Neg5-Vis.0000000{i}.FIT" for i in range(2)],
         light="flat-expos23s-Neg5-Vis.00000002.FIT", exposures=[60, 23, 23], gain=1.94, readNoise=13, gainFirst=True,
         trim="[21:1020,1:1024]", overscan="[1:20,1:1024]", badAbove=200),
    dict(set="longslit_st402/raw", bias=[], dark=[f"L2-dark-hg-240.0000000{i}.DARK.FIT" for i in range(5)],
         flat=[f"L2-flat-hg-360.0000000{i}.FIT" for i in range(4)], light="L2-sci-hg-240.00000002.FIT", exposures=[240, 360, 240],
         gain=1.5, readNoise=17, gainFirst=False, trim=None, overscan=None, badAbove=400),
]


def real(recipe):
    """The same for every set: overscan and trim of each frame, then masters by the median of scaled frames, then the light, step by step."""
    steps = []

    def record(name, frame):
        steps.append(dict(step=name, **summary(frame)))
        return frame

    def prepare(name):
        frame = CCDData(read(f"{recipe['set']}/{name}"), unit=u.adu)
        if recipe["overscan"]:
            frame = ccdproc.subtract_overscan(frame, fits_section=recipe["overscan"], median=True, model=models.Chebyshev1D(2))
        return ccdproc.trim_image(frame, fits_section=recipe["trim"]) if recipe["trim"] else frame

    def stack(frames, method, scaled=False):
        combiner = ccdproc.Combiner(frames)
        if scaled:
            combiner.scaling = np.array([1 / np.median(f.data) for f in frames])
        return getattr(combiner, method)()

    dark_time, flat_time, light_time = recipe["exposures"]
    bias = record("master-bias", stack([prepare(n) for n in recipe["bias"]], "median_combine")) if recipe["bias"] else None
    without_bias = lambda frame: frame if bias is None else ccdproc.subtract_bias(frame, bias)
    dark = record("master-dark", stack([without_bias(prepare(n)) for n in recipe["dark"]], "average_combine"))
    without_dark = lambda frame, time: ccdproc.subtract_dark(frame, dark, dark_exposure=dark_time * u.s, data_exposure=time * u.s, scale=True)
    flat = record("master-flat", stack([without_dark(without_bias(prepare(n)), flat_time) for n in recipe["flat"]], "median_combine", True))

    frame = record("prepared", prepare(recipe["light"]))
    gain = recipe["gain"] * u.electron / u.adu
    frame = ccdproc.create_deviation(frame, gain=gain, readnoise=recipe["readNoise"] * u.electron, disregard_nan=True)
    record("deviation", frame)
    frame.mask = dark.data > recipe["badAbove"]
    if recipe["gainFirst"]:
        frame = record("gain", ccdproc.gain_correct(frame, gain))
        bias, dark = ccdproc.gain_correct(bias, gain), ccdproc.gain_correct(dark, gain)
    if bias is not None:
        frame = record("bias", without_bias(frame))
    frame = record("dark", without_dark(frame, light_time))
    frame = record("flat", ccdproc.flat_correct(frame, flat, min_value=0.05))
    if not recipe["gainFirst"]:
        frame = record("gain", ccdproc.gain_correct(frame, gain))

    names = recipe["dark"] if len(recipe["dark"]) > 2 else recipe["bias"]
    window = [read(f"{recipe['set']}/{name}")[100:160, 200:290] for name in names]
    return dict(recipe, steps=steps, stacked=names, window=[200, 100, 90, 60], combinations=list(combinations(window, 1.35, 1.4)))


print(json.dumps(dict(
    command="python3 make_ccdproc_chain.py ../shared/data > ccdproc-chain.json",
    versions=dict(ccdproc=ccdproc.__version__, astropy=astropy.__version__, numpy=np.__version__),
    synthetic=synthetic(), stack=synthetic_stack(), real=[real(recipe) for recipe in REAL])))
