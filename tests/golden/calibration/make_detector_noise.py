"""Golden values for what calibration frames say of a camera. Run: python3 make_detector_noise.py ../../../../shared/data > detector-noise.json

Two real cameras: read noise from neighbouring pairs of bias frames, level and dark current, hot pixels, gain from pairs of flats.
Pairs are neighbours in time, and so are the names here. Clipping by astropy.stats.sigma_clip, everything else by plain numpy in float64. Windows are those of the app: the middle 256 x 256.
"""
import json
import sys
from pathlib import Path

import astropy
import numpy as np

sys.path.append(str(Path(__file__).parents[1]))
from camera_frames import clip, load_packed, take_middle  # noqa: E402

root = sys.argv[1]
SIDE = 256


def load(name):
    return load_packed(f"{root}/{name}")


def window(image):
    return take_middle(image, SIDE)


def average(pairs):
    values = np.array([value for value, _ in pairs])
    weights = np.array([1 / error**2 for _, error in pairs])
    return float((values * weights).sum() / weights.sum())


def noise(frames):
    pairs = []
    for a, b in zip(frames, frames[1:]):
        kept = clip(window(a) - window(b))
        value = kept.std() / np.sqrt(2)
        pairs.append((value, value / np.sqrt(2 * (kept.size - 1))))
    return average(pairs)


def gain(flats, bias_level, read_noise):
    pairs = []
    for a, b in zip(flats, flats[1:]):
        first, second = window(a) - bias_level, window(b) - bias_level
        # The app clips before it takes the bias off; the mean of what is left is the same.
        m1, m2 = clip(first).mean(), clip(second).mean()
        ratio = m1 / m2
        kept = clip(first - ratio * second)
        shot = kept.var() - (1 + ratio**2) * read_noise**2
        value = m1 * (1 + ratio) / shot
        pairs.append((value, value * kept.var() * np.sqrt(2 / (kept.size - 1)) / shot))
    return average(pairs)


def camera(biases, darks, seconds, flats):
    bias, dark, flat = [[load(name) for name in names] for names in (biases, darks, flats)]
    master_bias = np.mean(bias, axis=0)
    master_dark = np.mean(dark, axis=0) - master_bias
    bias_level = clip(window(master_bias)).mean()
    read_noise, dark_noise = noise(bias), noise(dark)
    dark_level = float(np.median(window(master_dark)))
    return {
        "bias": biases,
        "dark": darks,
        "flat": flats,
        "biasLevel": bias_level,
        "readNoise": read_noise,
        "darkCurrent": dark_level / seconds,
        "darkNoise": dark_noise,
        "hotPixels": int((master_dark > dark_level + 5 * dark_noise).sum()),
        "gain": gain(flat, bias_level, read_noise),
    }


stl = "stl1001_ptc/"
suhora = "suhora_polarimetry/"
json.dump(
    {
        "versions": {"numpy": np.__version__, "astropy": astropy.__version__},
        "stl1001": camera(
            [f"{stl}biases-Neg5-Vis.0000000{n}.BIAS.FIT.gz" for n in range(3)],
            [f"{stl}darks-expos1-Neg5-Vis.0000000{n}.DARK.FIT.gz" for n in range(3)],
            60,
            [f"{stl}flat-expos23s-Neg5-Vis.0000000{n}.FIT.gz" for n in range(3)],
        ),
        "suhora": camera(
            [f"{suhora}{n}.fits.gz" for n in ("biassu0s0017", "biassu0s0018", "biasn-b0s0006")],
            [f"{suhora}{n}.fits.gz" for n in ("darksu7s0007", "darksu7s0008")],
            7,
            [f"{suhora}{n}.fits.gz" for n in ("flatp1-r2s0001", "flatp1-r2s0002")],
        ),
    },
    sys.stdout,
    indent=1,
)
