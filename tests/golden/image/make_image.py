"""Golden values for web/science/image. Run: python3 make_image.py > image.json

The image is made by a formula that the test repeats, so that no pixels need to be stored.
"""
import json
import sys
import warnings

import numpy as np
import photutils
import scipy
from astropy.stats import SigmaClip
from photutils.background import Background2D, MedianBackground, SExtractorBackground
from scipy.interpolate import CubicSpline
from scipy.ndimage import map_coordinates

warnings.simplefilter("ignore")
WIDTH, HEIGHT, BOX = 128, 96, 16


def noise(i):
    """A hash of the pixel's index: 0 to 1, the same in Python and TypeScript."""
    x = (i * 2654435761) & 0xFFFFFFFF
    x ^= x >> 15
    x = (x * 2246822519) & 0xFFFFFFFF
    x ^= x >> 13
    return x / 4294967296


y, x = np.mgrid[:HEIGHT, :WIDTH]
random = np.array([noise(i) + noise(i + 1000003) + noise(i + 2000003) - 1.5 for i in range(WIDTH * HEIGHT)])
data = 500 + 0.2 * x + 0.1 * y + 8 * random.reshape(HEIGHT, WIDTH)
for cx, cy, peak in [(20, 20, 900), (70.3, 40.8, 300), (100, 80, 5000), (37, 77, 120)]:
    data = data + peak * np.exp(-((x - cx) ** 2 + (y - cy) ** 2) / 8)
data = data.astype(np.float32)

meshes = []
for name, estimator in [("sextractor", SExtractorBackground()), ("median", MedianBackground())]:
    for size in (1, 3):
        found = Background2D(data.astype(float), BOX, filter_size=size, sigma_clip=SigmaClip(3, maxiters=10),
                             bkg_estimator=estimator, exclude_percentile=50)
        meshes.append(dict(estimator=name, filter=size, level=found.background_mesh.ravel().tolist(),
                           rms=found.background_rms_mesh.ravel().tolist()))

knots = np.array([3.0, 5.0, 4.0, 7.0, 1.0, 2.0])
pixels = (np.arange(60) + 0.5) / 10 - 0.5
inside = (pixels >= 0) & (pixels <= 5)
spline = CubicSpline(np.arange(6), knots, bc_type="natural")(pixels[inside])

counts, edges = np.histogram(data, bins=40, range=(480, 620))
turn = dict(a=0.96, b=-0.2, c=14.3, d=0.2, e=0.96, f=-3.4)
u = turn["a"] * x + turn["b"] * y + turn["c"]
v = turn["d"] * x + turn["e"] * y + turn["f"]
known = np.full(u.shape, np.nan)
inner = (u >= 0) & (v >= 0) & (u <= WIDTH - 1) & (v <= HEIGHT - 1)
known[inner] = map_coordinates(data.astype(float), [v[inner], u[inner]], order=1)
places = [(int(i), int(j)) for i, j in zip(np.arange(3, 128, 5), (np.arange(25) * 37) % HEIGHT)]


def sample(cx, cy):
    """Lanczos-3 with normalised weights, by its definition."""
    i, j = int(np.floor(cx)), int(np.floor(cy))
    taps = np.arange(-2, 4)
    if i - 2 < 0 or j - 2 < 0 or i + 3 >= WIDTH or j + 3 >= HEIGHT:
        return None
    wx, wy = (np.sinc(taps - t) * np.sinc((taps - t) / 3) for t in (cx - i, cy - j))
    block = data[j - 2:j + 4, i - 2:i + 4].astype(float)
    return float(wy / wy.sum() @ block @ (wx / wx.sum()))


json.dump(dict(
    made="python3 make_image.py > image.json",
    versions=dict(python=sys.version.split()[0], numpy=np.__version__, scipy=scipy.__version__, photutils=photutils.__version__),
    width=WIDTH, height=HEIGHT, box=BOX, sum=float(data.astype(float).sum()), meshes=meshes,
    spline=dict(knots=knots.tolist(), first=int(np.argmax(inside)), values=spline.tolist()),
    statistics=dict(minimum=float(data.min()), maximum=float(data.max()), mean=float(data.mean(dtype=float)),
                    median=float(np.median(data)), deviation=float(data.std(dtype=float)), counts=counts.tolist(),
                    below=int((data < 480).sum()), above=int((data > 620).sum())),
    resample=dict(transform=turn, places=[
        [i, j, None if np.isnan(known[j, i]) else float(known[j, i]), sample(u[j, i], v[j, i])] for i, j in places]),
), sys.stdout)
