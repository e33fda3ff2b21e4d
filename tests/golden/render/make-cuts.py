"""Cuts by astropy.visualization of images that tests make by the same arithmetic.

Run: python make-cuts.py   (writes cuts.json beside this file)
"""
import json
import pathlib

import astropy
import numpy as np
from astropy.visualization import AsinhStretch, LogStretch, PercentileInterval, SqrtStretch, ZScaleInterval

WIDTH, HEIGHT = 97, 61


def sky(seed: int, count: int = WIDTH * HEIGHT) -> np.ndarray:
    """Integers from a linear congruential generator (Numerical Recipes): the test repeats it exactly."""
    state = seed
    values = np.empty(count, dtype=np.float32)
    for i in range(count):
        total = 0
        for _ in range(4):
            state = (1664525 * state + 1013904223) % 2**32
            total += state >> 24
        values[i] = total
    return values


def with_stars(values: np.ndarray) -> np.ndarray:
    stars = values.copy()
    stars[::37] += 3000
    stars[::211] += 20000
    return stars


def with_blanks(values: np.ndarray) -> np.ndarray:
    blank = values.copy()
    blank[::5] = np.nan
    blank[3] = np.inf
    return blank


images = {
    'sky': sky(1),
    'stars': with_stars(sky(2)),
    'blanks': with_blanks(with_stars(sky(3))),
    'small': sky(4, 40),
    'flat': np.full(500, 12, dtype=np.float32),
    'half-stars': np.where(np.arange(4000) % 5 < 2, np.arange(4000, dtype=np.float32) * 7, np.float32(100)),
}
out = []
for name, data in images.items():
    finite = data[np.isfinite(data)]
    out.append({
        'name': name,
        'zscale': [float(v) for v in ZScaleInterval().get_limits(data)],
        'percentile': [float(v) for v in PercentileInterval(99.5).get_limits(finite.astype(float))],
    })
places = np.linspace(0, 1, 21)
golden = {
    'command': 'python make-cuts.py',
    'versions': {'astropy': astropy.__version__, 'numpy': np.__version__},
    'cuts': out,
    'stretches': {
        'log': LogStretch(1000)(places).tolist(),
        'sqrt': SqrtStretch()(places).tolist(),
        'asinh': AsinhStretch(0.1)(places).tolist(),
    },
}
path = pathlib.Path(__file__).with_name('cuts.json')
path.write_text(json.dumps(golden, indent=1) + '\n')
