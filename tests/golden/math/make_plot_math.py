"""Golden values for histogram bins and points in polygons. Run: python3 make_plot_math.py > plot-math.json (numpy, matplotlib)."""
import json
import sys

import matplotlib
import numpy as np
from matplotlib.path import Path

rng = np.random.default_rng(20260711)

sets = {
    "normal": rng.normal(12.0, 0.4, 700),
    "skewed": rng.exponential(3.0, 400) - 1.0,
    "few": np.array([1.5, 2.25, 2.5, 7.75]),
    "same half": np.concatenate([np.full(30, 2.5), rng.uniform(0, 5, 10)]),
}
histograms = []
for name, values in sets.items():
    for bins in (None, 7, 40):
        iqr = np.subtract(*np.percentile(values, [75, 25]))
        rule = "fd" if iqr > 0 else "sturges"
        edges = np.histogram_bin_edges(values, bins=rule if bins is None else bins)
        counts, _ = np.histogram(values, bins=edges)
        histograms.append(dict(name=name, bins=bins, values=values.tolist(), edges=edges.tolist(),
                               counts=counts.tolist()))

polygons = []
for corners in (3, 5, 12, 40):
    # Convex, star shaped and crossing itself.
    angle = np.sort(rng.uniform(0, 2 * np.pi, corners))
    radius = rng.uniform(0.2, 1.0, corners)
    simple = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
    points = rng.uniform(-1.1, 1.1, (300, 2))
    closed = Path(np.vstack([simple, simple[:1]]), closed=True)
    polygons.append(dict(corners=simple.tolist(), points=points.tolist(),
                         inside=[bool(b) for b in closed.contains_points(points)]))

json.dump(dict(made="python3 make_plot_math.py > plot-math.json", numpy=np.__version__,
               matplotlib=matplotlib.__version__, histograms=histograms, polygons=polygons), sys.stdout)
