"""Pixels of TAN and TAN-SIP by astropy, for tests/science/astrometry/solve: python3 make_tan_sip.py > tan-sip.json"""
import json
import sys

import astropy
import numpy
from astropy.io.fits import Header
from astropy.wcs import WCS

random = numpy.random.default_rng(6)
cases = []
for ra, dec, scale, angle, mirror, order in [
    (31.25, 46.74, 5.17, 179.6, 1, 1),
    (88.12, 32.56, 0.605, 12.0, -1, 2),
    (0.001, -0.5, 2.0, 91.0, -1, 3),
    (359.99, 89.7, 30.0, 45.0, 1, 4),
    (217.4, -62.7, 60.0, 300.0, -1, 5),
]:
    width, height = 1600, 1000
    turn = numpy.radians(angle)
    cd = scale / 3600 * numpy.array([[mirror * numpy.cos(turn), numpy.sin(turn)], [-mirror * numpy.sin(turn), numpy.cos(turn)]])
    header = Header()
    sip = "-SIP" if order > 1 else ""
    header["CTYPE1"], header["CTYPE2"] = "RA---TAN" + sip, "DEC--TAN" + sip
    header["CRVAL1"], header["CRVAL2"] = ra, dec
    header["CRPIX1"], header["CRPIX2"] = 800.5, 500.5
    header["CD1_1"], header["CD1_2"], header["CD2_1"], header["CD2_2"] = map(float, cd.ravel())
    terms = {"a": [], "b": []}
    if order > 1:
        for name in ("A", "B"):
            header[name + "_ORDER"] = order
            for p in range(order + 1):
                for q in range(order + 1 - p):
                    if p + q < 2:
                        continue
                    coefficient = float(random.normal() * 2.0 / 900 ** (p + q))
                    header[f"{name}_{p}_{q}"] = coefficient
                    terms[name.lower()].append([p, q, coefficient])
    x = random.uniform(0, width - 1, 120)
    y = random.uniform(0, height - 1, 120)
    sky = WCS(header).all_pix2world(numpy.column_stack([x, y]), 0)
    cases.append({"crpix": [799.5, 499.5], "crval": [ra, dec], "cd": [float(c) for c in cd.ravel()], "order": order, **terms,
                  "points": [[round(float(v), 12) for v in row] for row in numpy.column_stack([x, y, sky])]})
json.dump({"versions": {"python": sys.version.split()[0], "astropy": astropy.__version__, "numpy": numpy.__version__}, "cases": cases}, sys.stdout)
print()
