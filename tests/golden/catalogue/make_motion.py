"""Proper motion of stars by astropy, for tests/science/catalogue: python3 make_motion.py > motion.json"""
import json
import sys

import astropy
import astropy.units as u
import numpy
from astropy.coordinates import SkyCoord
from astropy.time import Time

STARS = [
    # Barnard's star, 61 Cyg A, Proxima, a star near the pole, one across right ascension 0.
    (269.45207, 4.69339, -798.6, 10328.1),
    (316.72475, 38.74942, 4168.3, 3269.2),
    (217.42895, -62.67948, -3781.3, 769.8),
    (37.95456, 89.26411, 44.5, -11.9),
    (359.99999, -10.0, 900.0, -900.0),
]
rows = []
for epoch in (1991.25, 2026.5):
    for ra, dec, east, north in STARS:
        star = SkyCoord(
            ra * u.deg,
            dec * u.deg,
            pm_ra_cosdec=east * u.mas / u.yr,
            pm_dec=north * u.mas / u.yr,
            distance=1 * u.Mpc,
            radial_velocity=0 * u.km / u.s,
            obstime=Time(2000.0, format="jyear", scale="tdb"),
        )
        moved = star.apply_space_motion(new_obstime=Time(epoch, format="jyear", scale="tdb"))
        rows.append([ra, dec, east, north, epoch, float(moved.ra.deg), float(moved.dec.deg)])
json.dump(
    {"versions": {"python": sys.version.split()[0], "astropy": astropy.__version__, "numpy": numpy.__version__},
     "columns": ["ra", "dec", "pm east, mas/yr", "pm north, mas/yr", "epoch", "ra then", "dec then"], "rows": rows},
    sys.stdout, indent=1)
print()
