"""Golden times, light travel times and altitudes from astropy for 200 seeded cases, 1995-2030.

Run: python3 make_time_golden.py > time_golden.json
Ephemeris: astropy 'builtin' (ERFA epv00, 5 km for the barycentric Earth). No JPL kernel is needed or used.
"""
import json
import sys
import warnings

import astropy
import astropy.units as u
import erfa
import numpy as np
from astropy.coordinates import AltAz, EarthLocation, SkyCoord, solar_system_ephemeris
from astropy.time import Time
from astropy.utils import iers

warnings.simplefilter("ignore")
iers.conf.auto_download = False
iers.conf.iers_degraded_accuracy = "ignore"  # after the end of the tables UT1 = UTC, as in the code under test
SEED = 20171220
rng = np.random.default_rng(SEED)
solar_system_ephemeris.set("builtin")


def case(jd, ra, dec, lat, lon, height):
    location = EarthLocation.from_geodetic(lon, lat, height)
    time = Time(jd, format="jd", scale="utc", location=location)
    star = SkyCoord(ra, dec, unit="deg", frame="icrs")
    barycentric = time.light_travel_time(star, "barycentric")
    horizontal = star.transform_to(AltAz(obstime=time, location=location, pressure=0 * u.bar))
    tt, tdb = time.tt, time.tdb
    return {
        "iso": Time(jd, format="jd", scale="utc", precision=3).isot,
        "jd_utc": jd,
        "ra": ra, "dec": dec, "latitude": lat, "longitude": lon, "elevation": height,
        "tt_jd": tt.jd,
        "tdb_minus_tt_s": ((tdb.jd1 - tt.jd1) + (tdb.jd2 - tt.jd2)) * 86400,
        "barycentric_light_s": barycentric.to_value(u.s),
        "heliocentric_light_s": time.light_travel_time(star, "heliocentric").to_value(u.s),
        "bjd_tdb": (tdb + barycentric).tdb.jd,
        "altitude": horizontal.alt.deg, "azimuth": horizontal.az.deg,
    }


cases = []
for _ in range(200):
    cases.append(case(
        float(rng.uniform(2449718.5, 2462867.5)), float(rng.uniform(0, 360)),
        float(np.degrees(np.arcsin(rng.uniform(-1, 1)))), float(rng.uniform(-75, 75)),
        float(rng.uniform(-180, 180)), float(rng.uniform(0, 5000)),
    ))
leap = [
    {"iso": iso, "jd_utc": Time(iso, scale="utc").jd, "tt_jd": Time(iso, scale="utc").tt.jd}
    for iso in (
        "2016-12-31T23:59:59.000", "2016-12-31T23:59:60.000", "2016-12-31T23:59:60.500", "2017-01-01T00:00:00.000",
        "2016-12-31T12:00:00.000", "2015-06-30T23:59:60.250", "1972-01-01T00:00:00.000", "1999-12-31T23:59:59.999",
        "2000-02-29T06:30:15.500", "2024-02-29T23:59:59.999",
    )
]
json.dump({
    "versions": {"python": sys.version.split()[0], "astropy": astropy.__version__, "erfa": erfa.__version__, "numpy": np.__version__},
    "command": "python3 make_time_golden.py > time_golden.json", "seed": SEED, "ephemeris": "builtin",
    "leap_seconds": [[float(Time(dict(year=int(r["year"]), month=int(r["month"]), day=1), format="ymdhms").jd), int(r["tai_utc"])]
                     for r in iers.LeapSeconds.auto_open() if r["year"] >= 1972],
    "leap_seconds_expire": iers.LeapSeconds.auto_open().expires.strftime("%Y-%m-%d"),
    "cases": cases, "leap": leap,
}, sys.stdout, indent=1)
