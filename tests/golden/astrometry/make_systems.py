"""Places between systems of the sky by astropy.coordinates, for tests/science/astrometry/systems.

    python3 tests/golden/astrometry/make_systems.py

Writes systems.json: places of the sky in ICRS (seeded, and both poles), and the same in each system.
"""

import json
import os

import astropy
import astropy.units as u
import numpy as np
from astropy.coordinates import FK4, FK5, ICRS, BarycentricMeanEcliptic, FK4NoETerms, Galactic, SkyCoord, Supergalactic
from astropy.time import Time

HERE = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(1950)
LON = np.concatenate([rng.uniform(0, 360, 24), [0, 0, 0.001, 359.999]])
LAT = np.concatenate([np.degrees(np.arcsin(rng.uniform(-1, 1, 24))), [90, -90, 0, 0]])


def fk4(cls, equinox, epoch):
    return cls(equinox=Time(equinox, format="byear"), obstime=Time(epoch, format="jyear"))


SYSTEMS = [
    ({"name": "fk5", "equinox": 2000}, FK5(equinox=Time(2000, format="jyear"))),
    ({"name": "fk5", "equinox": 1975}, FK5(equinox=Time(1975, format="jyear"))),
    ({"name": "fk5", "equinox": 2026.5}, FK5(equinox=Time(2026.5, format="jyear"))),
    ({"name": "fk4", "equinox": 1950, "epoch": 1950}, fk4(FK4, 1950, 1950)),
    ({"name": "fk4", "equinox": 1950, "epoch": 1983.5}, fk4(FK4, 1950, 1983.5)),
    ({"name": "fk4", "equinox": 1900, "epoch": 1950}, fk4(FK4, 1900, 1950)),
    ({"name": "fk4-no-e", "equinox": 1950, "epoch": 1950}, fk4(FK4NoETerms, 1950, 1950)),
    ({"name": "fk4-no-e", "equinox": 1875, "epoch": 1960}, fk4(FK4NoETerms, 1875, 1960)),
    ({"name": "galactic"}, Galactic()),
    ({"name": "supergalactic"}, Supergalactic()),
    ({"name": "ecliptic", "equinox": 2000}, BarycentricMeanEcliptic(equinox=Time(2000, format="jyear", scale="tt"))),
    ({"name": "ecliptic", "equinox": 1950}, BarycentricMeanEcliptic(equinox=Time(1950, format="jyear", scale="tt"))),
]


def convert(frame):
    places = SkyCoord(LON * u.deg, LAT * u.deg, frame=ICRS())
    if isinstance(frame, (FK4, FK4NoETerms)):
        # By the FK5 of J2000, so that it is the standard's way and not that through the galactic system.
        places = places.transform_to(FK5())
        no_e = FK4NoETerms(equinox=frame.equinox, obstime=frame.obstime)
        places = places.transform_to(no_e)
        if isinstance(frame, FK4):
            places = places.transform_to(frame)
    else:
        places = places.transform_to(frame)
    sphere = places.spherical
    return [[float(a), float(d)] for a, d in zip(sphere.lon.to_value(u.deg) % 360, sphere.lat.to_value(u.deg))]


with open(os.path.join(HERE, "systems.json"), "w") as file:
    json.dump(
        {
            "versions": {"astropy": astropy.__version__, "numpy": np.__version__},
            "icrs": [[float(a), float(d)] for a, d in zip(LON, LAT)],
            "systems": [{"system": system, "places": convert(frame)} for system, frame in SYSTEMS],
        },
        file,
        separators=(",", ":"),
    )
    file.write("\n")
