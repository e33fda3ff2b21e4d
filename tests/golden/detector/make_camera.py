"""Golden values for the characterisation of a camera. Run: python3 make_camera.py ../../../../shared/data > camera.json

Real frames of an STL-1001E, the middle 400 x 400 pixels: points of the photon-transfer curve, read noise, dark ramp, noise of means and a map
of one flat over another. Clipping by astropy.stats.sigma_clip, lines by numpy.linalg and numpy.polyfit, all in float64. A
photon-transfer curve to the end of the converter and a camera at five temperatures are made by formula here, with numpy's random numbers, and
their inputs stand beside the answers.
"""
import json
import sys
from pathlib import Path

import astropy
import numpy as np

sys.path.append(str(Path(__file__).parents[1]))
from camera_frames import clip, load_packed, take_middle  # noqa: E402

root = sys.argv[1]
SIDE = 400


def load(name):
    return load_packed(f"{root}/stl1001_ptc/{name}")


def window(image):
    return take_middle(image, SIDE)


def typical(values):
    """The median of whole numbers, each spread evenly over its step: by a cumulative histogram and numpy.interp."""
    numbers, counts = np.unique(values, return_counts=True)
    edges = np.append(numbers - 0.5, numbers[-1] + 0.5)
    return float(np.interp(values.size / 2, np.append(0, np.cumsum(counts)), edges))


def correlated(design, values, covariance):
    """Generalised least squares by the normal equations."""
    inverse = np.linalg.inv(covariance)
    result = np.linalg.inv(design.T @ inverse @ design)
    solution = result @ design.T @ inverse @ values
    left = values - design @ solution
    return solution, result, float(left @ inverse @ left)


def chain(errors):
    """Covariance of neighbouring pairs."""
    size = len(errors)
    neighbours = np.eye(size) + 0.25 * (np.eye(size, k=1) + np.eye(size, k=-1))
    return np.outer(errors, errors) * neighbours


def stl():
    biases = [window(load(f"biases-Neg5-Vis.0000000{n}.BIAS.FIT.gz")) for n in range(3)]
    flats = [load(f"flat-expos23s-Neg5-Vis.0000000{n}.FIT.gz") for n in range(3)]
    # In the order in which they were taken.
    darks = [(60, f"darks-expos1-Neg5-Vis.0000000{n}.DARK.FIT.gz") for n in range(3)]
    darks += [(t, f"darks-expos{t}s-Neg5-Vis.00000000.DARK.FIT.gz") for t in (20, 30, 60, 150, 300)]
    noises = []
    for a, b in zip(biases, biases[1:]):
        kept = clip(a - b)
        value = kept.std() / np.sqrt(2)
        noises.append((value, value / np.sqrt(2 * (kept.size - 1))))
    covariance = chain([error for _, error in noises])
    values = np.array([value for value, _ in noises])
    read, read_variance, _ = correlated(np.ones((2, 1)), values, covariance)
    levels = np.array([clip(frame).mean() for frame in biases])
    bias = levels.mean()
    points = []
    for a, b in zip(flats, flats[1:]):
        first, second = window(a) - bias, window(b) - bias
        m1, m2 = clip(first).mean(), clip(second).mean()
        ratio = m1 / m2
        kept = clip(first - ratio * second)
        variance = kept.var() / (1 + ratio**2)
        points.append((m1 * (1 + ratio) / (1 + ratio**2), variance, variance * np.sqrt(2 / (kept.size - 1))))
    level, variance, error = np.array(points).T
    design = np.array([[1, x] for x in [*level, 0]])
    whole = np.zeros((3, 3))
    whole[:2, :2] = chain(error)
    whole[2, 2] = (2 * read[0]) ** 2 * read_variance[0, 0]
    line, line_covariance, chi = correlated(design, np.append(variance, read[0] ** 2), whole)
    typicals = np.array([typical(frame) for frame in biases])
    ramp = [(t, typical(window(load(name))) - typicals.mean()) for t, name in darks]
    # All frames are as uncertain as the bias level wanders; whatever more they scatter by widens the error.
    seconds = np.array([0, 0, 0] + [t for t, _ in ramp])
    above = np.append(typicals - typicals.mean(), [level for _, level in ramp])
    wander = np.full(11, levels.std(ddof=1))
    dark, dark_covariance = np.polyfit(seconds, above, 1, w=1 / wander, cov="unscaled")
    left = (above - np.polyval(dark, seconds)) / wander
    dark_error = max(1, np.sqrt(left @ left / 9)) * np.sqrt(dark_covariance[0, 0])
    halves = (biases[0] + biases[2]) / 2 - biases[1]
    first, second = flats[2] - bias, flats[0] - bias
    block = 32
    shape = (1024 // block, block, 1024 // block, block)
    ratios = first.reshape(shape).sum(axis=(1, 3)) / second.reshape(shape).sum(axis=(1, 3))
    return {
        "biasLevels": levels.tolist(),
        "readNoise": [float(read[0]), float(np.sqrt(read_variance[0, 0]))],
        "points": [dict(zip(("level", "variance", "varianceError"), map(float, row))) for row in points],
        "gain": [float(1 / line[1]), float(np.sqrt(line_covariance[1, 1]) / line[1] ** 2)],
        "chiSquare": chi,
        "ramp": ramp,
        "darkCurrent": [float(dark[0]), float(dark_error)],
        "meanNoise": float(clip(halves).std() / np.sqrt((1 / 2 + 1) * 3)),
        "ratioMedian": float(np.median(ratios)),
        "ratioScatter": float((ratios / np.median(ratios)).std()),
        "ratioFirstRow": (ratios / np.median(ratios))[0].tolist(),
    }


def transfer():
    """A curve of ten levels by formula, with chance errors: gain 2, read noise 6 ADU, a bend, and saturation at the end."""
    random = np.random.default_rng(20010)
    level = np.linspace(2000, 60000, 10)
    error = (36 + level / 2) * np.sqrt(2 / 160000)
    variance = 36 + level / 2 - 4e-7 * level**2 + error * random.normal(size=10)
    variance[-1] *= 0.2
    used = slice(0, 8)  # the ninth is the highest, where the curve turns
    design = np.vander(np.append(level[used], 0), 3, increasing=True)
    covariance = np.diag(np.append(error[used], 2 * 6 * 0.01) ** 2)
    solution, inverse, chi = correlated(design, np.append(variance[used], 36), covariance)
    widened = max(1, np.sqrt(chi / 6))
    errors = widened * np.sqrt(np.diag(inverse))
    return {
        "level": level.tolist(),
        "variance": variance.tolist(),
        "varianceError": error.tolist(),
        "gain": [1 / solution[1], errors[1] / solution[1] ** 2],
        "bend": [solution[2], errors[2]],
        "chiSquare": chi,
    }


def temperatures():
    random = np.random.default_rng(2002)
    celsius = np.array([-20.0, -15, -10, -5, 0])
    rate = 3e10 * np.exp(-0.62 / (8.617333262e-5 * (celsius + 273.15)))
    error = 0.02 * rate
    rate = rate + error * random.normal(size=5)

    def fit(x):
        slope, covariance = np.polyfit(x, np.log(rate), 1, w=rate / error, cov="unscaled")
        left = (np.log(rate) - np.polyval(slope, x)) * rate / error
        return slope[0], max(1, np.sqrt(left @ left / 3)) * np.sqrt(covariance[0, 0])

    slope, slope_error = fit(celsius)
    energy, energy_error = fit(1 / (8.617333262e-5 * (celsius + 273.15)))
    return {
        "points": [{"temperature": t, "rate": r, "error": e} for t, r, e in zip(celsius, rate, error)],
        "doubling": [np.log(2) / slope, np.log(2) * slope_error / slope**2],
        "energy": [-energy, energy_error],
    }


def general():
    random = np.random.default_rng(1935)
    half = random.normal(size=(7, 7))
    covariance = half @ half.T + 0.5 * np.eye(7)
    design, values = random.normal(size=(7, 3)), random.normal(size=7)
    solution, inverse, chi = correlated(design, values, covariance)
    return {
        "design": design.ravel().tolist(),
        "values": values.tolist(),
        "covariance": covariance.ravel().tolist(),
        "solution": solution.tolist(),
        "solutionCovariance": inverse.ravel().tolist(),
        "chiSquare": chi,
    }


json.dump(
    {
        "versions": {"numpy": np.__version__, "astropy": astropy.__version__},
        "stl1001": stl(),
        "transfer": transfer(),
        "temperatures": temperatures(),
        "general": general(),
    },
    sys.stdout,
    indent=1,
    default=float,
)
