"""Headers in the manner of programs that solve plates, written by hand, and what astropy makes of them.

    python3 tests/golden/astrometry/make_foreign_headers.py

Writes foreign-headers.json: cards, pixels (1-based) and places, or astropy's error.
"""

import json
import os
import warnings

import astropy
import numpy as np
from astropy.io import fits
from astropy.wcs import WCS

warnings.simplefilter("ignore")
HERE = os.path.dirname(os.path.abspath(__file__))

PLACE = {"CRVAL1": 210.80227, "CRVAL2": 54.34895, "CRPIX1": 765.5, "CRPIX2": 510.5}
TAN = {"CTYPE1": "RA---TAN", "CTYPE2": "DEC--TAN"}
SIP = {"CTYPE1": "RA---TAN-SIP", "CTYPE2": "DEC--TAN-SIP"}
CD = {"CD1_1": -1.652e-4, "CD1_2": 2.31e-5, "CD2_1": 2.29e-5, "CD2_2": 1.655e-4}
CURVES = {
    "A_ORDER": 2, "A_0_2": 1.1e-6, "A_1_1": -2.3e-6, "A_2_0": 8.0e-7,
    "B_ORDER": 2, "B_0_2": -9.0e-7, "B_1_1": 1.9e-6, "B_2_0": 4.0e-7,
}
BACK = {
    "AP_ORDER": 2, "AP_0_0": 1e-4, "AP_0_1": 1e-7, "AP_0_2": -1.1e-6, "AP_1_0": 2e-7, "AP_1_1": 2.3e-6, "AP_2_0": -8.0e-7,
    "BP_ORDER": 2, "BP_0_0": -1e-4, "BP_0_1": 1e-7, "BP_0_2": 9.0e-7, "BP_1_0": -2e-7, "BP_1_1": -1.9e-6, "BP_2_0": -4.0e-7,
}

CASES = {
    "astrometry.net with SIP": {
        "WCSAXES": 2, **SIP, "EQUINOX": 2000.0, "LONPOLE": 180.0, "LATPOLE": 0.0, **PLACE,
        "CUNIT1": "deg", "CUNIT2": "deg", **CD, "IMAGEW": 1530, "IMAGEH": 1020, **CURVES, **BACK,
    },
    "ASTAP: CD, CDELT and CROTA side by side": {
        **TAN, "CUNIT1": "deg", "EQUINOX": 2000.0, **PLACE, "CDELT1": -1.668e-4, "CDELT2": 1.671e-4,
        "CROTA1": -7.96, "CROTA2": -7.88, **CD, "PLTSOLVD": True,
    },
    "PinPoint: CD, CDELT, CROTA and its own polynomials, which it keeps to itself": {
        **TAN, "RADECSYS": "FK5", "EQUINOX": 2000.0, **PLACE, "CDELT1": -1.668e-4, "CDELT2": 1.671e-4,
        "CROTA1": -7.96, "CROTA2": -7.88, **CD, "TR1_0": 765.4, "TR1_1": 1.2, "TR2_0": 510.4, "TR2_13": 1e-9,
    },
    "MaxIm DL: the same with a unit in capitals": {
        **TAN, "CUNIT1": "DEG", "CUNIT2": "DEG", "EQUINOX": 2000.0, **PLACE, **CD, "CDELT1": -1.668e-4, "CDELT2": 1.671e-4,
    },
    "SCAMP: TPV": {
        "CTYPE1": "RA---TPV", "CTYPE2": "DEC--TPV", "EQUINOX": 2000.0, "RADESYS": "ICRS", **PLACE, **CD,
        "PV1_0": 1e-5, "PV1_1": 1.0004, "PV1_2": 2e-4, "PV1_4": 3e-3, "PV1_5": -1e-3, "PV1_7": 0.2,
        "PV2_0": -2e-5, "PV2_1": 0.9998, "PV2_2": -1e-4, "PV2_5": 2e-3, "PV2_8": -0.1,
    },
    "SCAMP before TPV had a name: TAN with PV": {
        **TAN, "EQUINOX": 2000.0, **PLACE, **CD,
        "PV1_0": 1e-5, "PV1_1": 1.0004, "PV1_2": 2e-4, "PV1_4": 3e-3, "PV2_0": -2e-5, "PV2_1": 0.9998, "PV2_5": 2e-3,
    },
    "LSST: SIP of a high order": {
        **SIP, "RADESYS": "ICRS", "EQUINOX": 2000.0, **PLACE, **CD, "CUNIT1": "deg", "CUNIT2": "deg",
        "A_ORDER": 4, "A_2_0": 1e-7, "A_0_4": 3e-13, "A_3_1": -2e-13, "B_ORDER": 4, "B_1_1": -1e-7, "B_4_0": 2e-13,
    },
    "SWarp: no rotation": {
        **TAN, "EQUINOX": 2000.0, "RADESYS": "ICRS", "CUNIT1": "deg", "CUNIT2": "deg", **PLACE,
        "CD1_1": -1.67e-4, "CD1_2": 0.0, "CD2_1": 0.0, "CD2_2": 1.67e-4,
    },
    "HST, drizzled": {
        "WCSAXES": 2, **TAN, **PLACE, "CD1_1": -1.1e-5, "CD1_2": -2.0e-6, "CD2_1": -2.0e-6, "CD2_2": 1.1e-5,
        "ORIENTAT": -10.3, "LTV1": 0.0, "LTM1_1": 1.0, "VAFACTOR": 1.000023, "RADESYS": "ICRS",
    },
    "AstroImageJ: what astrometry.net gave, with its own words between": {
        "ANNOTATE": "765.0,510.0,10.0", "WCSAXES": 2, **SIP, "EQUINOX": 2000.0, **PLACE, **CD, **CURVES,
    },
    "Siril: PC with CDELT, and SIP": {
        **SIP, "CUNIT1": "deg", "CUNIT2": "deg", "EQUINOX": 2000.0, **PLACE, "LONPOLE": 180.0,
        "CDELT1": -1.668e-4, "CDELT2": 1.671e-4, "PC1_1": 0.9904, "PC1_2": -0.1385, "PC2_1": 0.1370, "PC2_2": 0.9904, **CURVES, **BACK,
    },
    "N.I.N.A.: CDELT with CROTA": {
        **TAN, "RADECSYS": "ICRS", **PLACE, "CDELT1": -1.67e-4, "CDELT2": 1.67e-4, "CROTA1": 172.11, "CROTA2": 172.11,
    },
    "PixInsight: CD, CDELT and CROTA, with a projection of its own in keywords nobody else reads": {
        **TAN, "RADESYS": "ICRS", "PV1_1": 0.0, "PV1_2": 90.0, "PV1_3": 180.0, "PV1_4": 90.0, "LONPOLE": 180.0, "LATPOLE": 90.0,
        **PLACE, **CD, "CDELT1": -1.668e-4, "CDELT2": 1.671e-4, "CROTA1": -7.96, "CROTA2": -7.88, "REFSPLIN": True,
    },
    "TheSkyX: CDELT, CROTA and CD, units written out": {
        **TAN, "CUNIT1": "degrees", "CUNIT2": "degrees", "EQUINOX": 2000.0, **PLACE, **CD,
        "CDELT1": -1.668e-4, "CDELT2": 1.671e-4, "CROTA2": -7.88,
    },
    "a turn that is said of the first axis alone": {
        **TAN, **PLACE, "CDELT1": -1.67e-4, "CDELT2": 1.67e-4, "CROTA1": 172.11,
    },
    "SIP without its suffix": {**TAN, **PLACE, **CD, **CURVES},
    "units that are empty": {**TAN, "CUNIT1": "", "CUNIT2": "  ", **PLACE, **CD},
    "a third axis of one plane": {
        "NAXIS": 3, "NAXIS1": 1530, "NAXIS2": 1020, "NAXIS3": 1, "WCSAXES": 3, **TAN, **PLACE, **CD, "CTYPE3": "STOKES", "CRVAL3": 1.0, "CRPIX3": 1.0,
        "CD3_3": 1.0,
    },
    "a matrix without an inverse": {**TAN, **PLACE, "CD1_1": 1e-4, "CD1_2": 1e-4, "CD2_1": 1e-4, "CD2_2": 1e-4},
    "axes without CRVAL": {**TAN, "CRPIX1": 765.5, "CRPIX2": 510.5, **CD},
    "two different projections": {"CTYPE1": "RA---TAN", "CTYPE2": "DEC--SIN", **PLACE, **CD},
    "a unit that is no angle": {**TAN, "CUNIT1": "pixel", "CUNIT2": "pixel", **PLACE, **CD},
}

PIXELS = np.array([[1, 1], [1530, 1], [765.5, 510.5], [12.25, 1019], [1530, 1020], [400, 333.3]], dtype=float)


def ask(name, cards):
    header = fits.Header()
    for keyword, value in cards.items():
        header[keyword] = value
    try:
        w = WCS(header)
        if w.naxis > 2:
            w = w.celestial
        w.wcs.set()
        world = w.all_pix2world(PIXELS, 1)
    except Exception as error:  # noqa: BLE001
        return {"name": name, "cards": cards, "error": str(error).strip().split("\n")[-1][:160]}
    return {
        "name": name,
        "cards": cards,
        "pixels": PIXELS.tolist(),
        "world": [[float(row[w.wcs.lng]), float(row[w.wcs.lat])] for row in world],
    }


with open(os.path.join(HERE, "foreign-headers.json"), "w") as file:
    versions = {"astropy": astropy.__version__, "numpy": np.__version__}
    json.dump({"versions": versions, "cases": [ask(n, c) for n, c in CASES.items()]}, file, separators=(",", ":"))
    file.write("\n")
