"""Altitudes, the Sun and air masses by astropy for the simulator. Run: python3 make_sky.py > sky.json (no network needed)."""
import json
import sys

import astropy
import astropy.units as u
import numpy as np
from astropy.coordinates import AltAz, EarthLocation, SkyCoord, get_sun
from astropy.time import Time
from astropy.utils import iers
from astropy.wcs import WCS

iers.conf.auto_download = False
site = EarthLocation(lat=28.3 * u.deg, lon=-16.51 * u.deg, height=2390 * u.m)
star = SkyCoord(31.0428 * u.deg, 46.6878 * u.deg)
rows = []
for jd in np.linspace(2460970.25, 2460970.75, 13):
    # Without UT1 - UTC, which the simulator does not know, and without refraction.
    time = Time(jd, format="jd", scale="utc")
    time.delta_ut1_utc = 0.0
    frame = AltAz(obstime=time, location=site)
    rows.append(dict(jd=float(jd), star=float(star.transform_to(frame).alt.deg), sun=float(get_sun(time).transform_to(frame).alt.deg),
                     gmst=float(time.sidereal_time("mean", "greenwich").deg)))
wcs = WCS(naxis=2)
wcs.wcs.crval = [31.0428, 46.6878]
wcs.wcs.cdelt = [1 / 3600, 1 / 3600]
wcs.wcs.ctype = ["RA---TAN", "DEC--TAN"]
sky = [[31.2, 46.5], [30.7, 46.9], [31.0428, 47.1], [31.5, 46.6878]]
plane = wcs.wcs_world2pix(sky, 0) + 1
json.dump(dict(made="python3 make_sky.py > sky.json", astropy=astropy.__version__, rows=rows,
               tangent=[[*s, *map(float, p)] for s, p in zip(sky, plane)]), sys.stdout, indent=1)
