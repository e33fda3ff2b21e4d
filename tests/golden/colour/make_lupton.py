"""Golden values for web/science/colour/compose-colours.ts. Run: python3 make_lupton.py > lupton.json

astropy.visualization.make_lupton_rgb of three seeded planes: a sky with noise, stars of several colours from faint to far too bright.
"""
import json
import sys

import astropy
import numpy as np
from astropy.visualization import make_lupton_rgb

WIDTH, HEIGHT = 24, 20
rng = np.random.default_rng(7)
y, x = np.mgrid[:HEIGHT, :WIDTH]
planes = [rng.normal(100 + 30 * c, 4, (HEIGHT, WIDTH)) for c in range(3)]
for sx, sy, flux, colour in [(5, 5, 60, (1, 1, 1)), (16, 6, 800, (1.6, 1, 0.5)), (9, 14, 9000, (0.6, 1, 1.8)), (19, 15, 300, (2, 0.7, 0.4))]:
    for c in range(3):
        planes[c] += flux * colour[c] * np.exp(-((x - sx) ** 2 + (y - sy) ** 2) / 4.5)
planes = [plane.astype(np.float32) for plane in planes]
out = dict(made="python3 make_lupton.py > lupton.json", versions=dict(python=sys.version.split()[0], numpy=np.__version__, astropy=astropy.__version__),
           width=WIDTH, height=HEIGHT, planes=[plane.ravel().tolist() for plane in planes], cases=[])
for minimum, stretch, q in [([0, 0, 0], 5, 8), ([100, 130, 160], 30, 5), ([98.5, 131, 158], 200, 12), ([100, 130, 160], 1000, 0), ([100, 130, 160], 0.5, 1e12)]:
    args = [plane.astype(np.float64) for plane in planes]
    rgb = make_lupton_rgb(*args, minimum=minimum, stretch=stretch, Q=q, output_dtype=float)
    whole = make_lupton_rgb(*args, minimum=minimum, stretch=stretch, Q=q)
    out["cases"].append(dict(minimum=minimum, stretch=stretch, q=q, rgb=rgb.ravel().round(9).tolist(), bytes=whole.ravel().tolist()))
json.dump(out, sys.stdout)
