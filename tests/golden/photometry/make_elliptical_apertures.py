"""Golden numbers of photutils for exact elliptical apertures.

    python3 make_elliptical_apertures.py > elliptical-apertures.json

The image is made by integer arithmetic alone, so that every language makes the very same pixels.
"""
import json
import astropy, numpy as np, photutils
from photutils.aperture import EllipticalAperture

WIDTH, HEIGHT = 61, 47
CASES = [
    (30.2, 22.7, 7.5, 0.4, 0.3), (30.2, 22.7, 7.5, 1.0, 0.0), (10.5, 10.5, 3.0, 0.9, -1.2), (25.0, 30.0, 12.0, 0.15, 2.5),
    (40.49, 12.51, 0.4, 0.5, 0.7), (2.0, 3.0, 6.0, 0.5, 1.0), (59.7, 44.9, 5.0, 0.7, -0.4), (33.3, 20.0, 1.0, 0.02, 0.785),
]
y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
image = ((x * 7919 + y * 104729) % 1009).astype(np.float32)
rows = []
for px, py, a, ratio, angle in CASES:
    aperture = EllipticalAperture((px, py), a, a * ratio, theta=angle)
    total, _ = aperture.do_photometry(image.astype(float), method='exact')
    area = aperture.area_overlap(image, method='exact')
    rows.append({'x': px, 'y': py, 'semiMajor': a, 'ratio': ratio, 'angle': angle, 'sum': float(np.atleast_1d(total)[0]), 'area': float(np.atleast_1d(area)[0])})
print(json.dumps({'made': 'python3 make_elliptical_apertures.py', 'photutils': photutils.__version__, 'astropy': astropy.__version__,
                  'numpy': np.__version__, 'width': WIDTH, 'height': HEIGHT, 'apertures': rows}, indent=1))
