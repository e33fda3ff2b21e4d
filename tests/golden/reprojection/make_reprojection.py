"""Golden values for web/science/reprojection. Run: python3 make_reprojection.py > reprojection.json

The frame is made by a formula that the test repeats, so that no pixels need to be stored. Needs reproject, drizzle, astropy and, as a program, SWarp.
"""
import json
import os
import subprocess
import sys
import tempfile
import warnings

import astropy
import drizzle
import numpy as np
import reproject
from astropy.io import fits
from astropy.wcs import WCS
from drizzle.resample import Drizzle
from reproject import reproject_exact, reproject_interp

warnings.simplefilter("ignore")
WIDTH, HEIGHT, STARS = 120, 100, 14


def noise(i):
    """A hash of an index: 0 to 1, the same in Python and TypeScript."""
    x = (i * 2654435761) & 0xFFFFFFFF
    x ^= x >> 15
    x = (x * 2246822519) & 0xFFFFFFFF
    x ^= x >> 13
    return x / 4294967296


def make_frame(offset=(0.0, 0.0), seed=0):
    y, x = np.mgrid[:HEIGHT, :WIDTH].astype(float)
    random = np.array([noise(seed + i) for i in range(WIDTH * HEIGHT)]).reshape(HEIGHT, WIDTH)
    data = 200 + 0.3 * x - 0.2 * y + 6 * random
    for k in range(STARS):
        cx = 5 + 110 * noise(5_000_000 + 3 * k) + offset[0]
        cy = 5 + 90 * noise(5_000_001 + 3 * k) + offset[1]
        peak = 100 + 2900 * noise(5_000_002 + 3 * k)
        data = data + peak * np.exp(-((x - cx) ** 2 + (y - cy) ** 2) / (2 * 1.4**2))
    return data.astype(np.float32)


def cards(longitude, latitude, scale, turn, mirrored=False, pixel=(61, 51)):
    size = scale / 3600
    cos, sin = np.cos(np.radians(turn)) * size, np.sin(np.radians(turn)) * size
    sign = 1 if mirrored else -1
    return {
        "CTYPE1": "RA---TAN", "CTYPE2": "DEC--TAN", "CUNIT1": "deg", "CUNIT2": "deg", "RADESYS": "ICRS",
        "CRPIX1": pixel[0], "CRPIX2": pixel[1], "CRVAL1": longitude, "CRVAL2": latitude,
        "CD1_1": sign * cos, "CD1_2": sin, "CD2_1": -sign * sin, "CD2_2": cos,
    }


def centred(header, longitude, latitude):
    """The same projection with its reference far off the picture, in whose middle the given place lies."""
    x, y = WCS(fits.Header(header)).wcs_world2pix(longitude, latitude, 1)
    return {**header, "CRPIX1": round(header["CRPIX1"] + 60 - float(x), 2), "CRPIX2": round(header["CRPIX2"] + 50 - float(y), 2)}


def with_sip(header):
    return {
        **header, "CTYPE1": "RA---TAN-SIP", "CTYPE2": "DEC--TAN-SIP",
        "A_ORDER": 2, "A_2_0": 8e-5, "A_1_1": -3e-5, "A_0_2": 2e-5,
        "B_ORDER": 2, "B_2_0": -2e-5, "B_1_1": 4e-5, "B_0_2": 6e-5,
    }


CASES = [
    ("turned", cards(88.1, 32.5, 0.6, 0), cards(88.098, 32.502, 0.75, 27, pixel=(50, 45)), (100, 90)),
    ("SIP", with_sip(cards(88.1, 32.5, 4.0, 12)), cards(88.1, 32.5, 4.2, 0, pixel=(60, 50)), (120, 100)),
    ("mirrored", cards(201.0, -47.0, 1.1, 100, True), cards(201.003, -47.001, 0.9, 10, pixel=(60, 50)), (120, 100)),
    ("near the pole", cards(10.0, 89.985, 1.5, 5), cards(190.0, 89.995, 1.6, 40, pixel=(60, 50)), (120, 100)),
    ("across 0h", cards(359.995, 12.0, 1.0, 0), cards(0.004, 12.004, 1.0, -33, pixel=(60, 50)), (120, 100)),
    ("coarse", cards(88.1, 32.5, 0.6, 0), cards(88.1, 32.5, 1.7, 20, pixel=(25, 22)), (50, 44)),
    ("ten degrees off", cards(88.1, 32.5, 30.0, 0), centred(cards(98.0, 38.0, 30.0, 15), 88.1, 32.5), (120, 100)),
]


def header_of(values, shape=None):
    header = fits.Header(values)
    if shape is not None:
        header["NAXIS"], header["NAXIS1"], header["NAXIS2"] = 2, shape[0], shape[1]
    return header


def run_swarp(data, source, target, shape):
    """LANCZOS3 as SWarp does it, on the grid of a header; nothing subtracted, nothing scaled."""
    with tempfile.TemporaryDirectory() as folder:
        fits.PrimaryHDU(data, header_of(source)).writeto(os.path.join(folder, "in.fits"))
        header = header_of({"SIMPLE": True, "BITPIX": -32, **target}, shape)
        with open(os.path.join(folder, "out.head"), "w") as file:
            file.write("\n".join(str(card).rstrip() for card in header.cards) + "\nEND\n")
        options = {
            "IMAGEOUT_NAME": "out.fits", "WEIGHTOUT_NAME": "out.weight.fits", "RESAMPLING_TYPE": "LANCZOS3",
            "OVERSAMPLING": "1", "SUBTRACT_BACK": "N", "FSCALASTRO_TYPE": "NONE", "PROJECTION_ERR": "0",
            "COMBINE_TYPE": "AVERAGE", "WRITE_XML": "N", "VERBOSE_TYPE": "QUIET", "NTHREADS": "1",
        }
        command = ["SWarp", "in.fits"] + [part for k, v in options.items() for part in ("-" + k, v)]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        found = fits.getdata(os.path.join(folder, "out.fits"))
        weight = fits.getdata(os.path.join(folder, "out.weight.fits"))
        return np.where(weight > 0, found, np.nan)


def clean(value, digits=9):
    return None if not np.isfinite(value) else float(f"{value:.{digits}g}")


frame = make_frame()
cases = []
for name, source, target, shape in CASES:
    size = (shape[1], shape[0])
    given = (frame.astype(float), WCS(header_of(source)))
    out = WCS(header_of(target))
    nearest, _ = reproject_interp(given, out, shape_out=size, order="nearest-neighbor", roundtrip_coords=False)
    bilinear, _ = reproject_interp(given, out, shape_out=size, order="bilinear", roundtrip_coords=False)
    exact, cover = reproject_exact(given, out, shape_out=size)
    # SWarp knows TPV and no SIP.
    lanczos = np.full(size, np.nan) if "SIP" in source["CTYPE1"] else run_swarp(frame, source, target, shape)
    places = []
    for k in range(120):
        x = int(noise(9_000_000 + 2 * k) * shape[0])
        y = int(noise(9_000_001 + 2 * k) * shape[1])
        if np.isfinite(exact[y, x]):
            row = [nearest, bilinear, exact, cover, lanczos]
            places.append([x, y] + [clean(plane[y, x]) for plane in row])
    cases.append({"name": name, "source": source, "target": target, "width": shape[0], "height": shape[1], "places": places})

drizzles = []
for name, pixfrac, transform in [
    ("finer", 0.7, (1.9, 0.35, 12.0, -0.35, 1.9, 60.0)),
    ("same scale, whole pixels", 1.0, (0.98, 0.2, 5.0, -0.2, 0.98, 25.0)),
    ("coarser", 0.9, (0.45, 0.03, 4.0, 0.02, -0.44, 60.0)),
]:
    a, b, c, d, e, f = transform
    out_shape = (270, 290) if a > 1 else (130, 150)
    drizzled = Drizzle(kernel="square", out_shape=out_shape, fillval="NAN", disable_ctx=True)
    y, x = np.mgrid[:HEIGHT, :WIDTH].astype(float)
    for k, offset in enumerate([(0.0, 0.0), (0.4, -0.3), (-0.25, 0.6)]):
        u, v = x - offset[0], y - offset[1]
        pixmap = np.dstack([a * u + b * v + c, d * u + e * v + f])
        weights = (0.5 + np.array([noise(7_000_000 * (k + 1) + i) for i in range(WIDTH * HEIGHT)])).reshape(HEIGHT, WIDTH)
        drizzled.add_image(
            make_frame(offset, 1_000_000 * k), exptime=1.0, pixmap=pixmap, pixfrac=pixfrac,
            weight_map=weights.astype(np.float32), iscale=1.0, pixel_scale_ratio=1.0 / np.hypot(a, d),
        )
    places = []
    for k in range(400):
        px = int(noise(8_000_000 + 2 * k) * out_shape[1])
        py = int(noise(8_000_001 + 2 * k) * out_shape[0])
        weight = drizzled.out_wht[py, px]
        if weight > 0 and len(places) < 120:
            places.append([px, py, clean(drizzled.out_img[py, px]), clean(weight)])
    drizzles.append({
        "name": name, "pixfrac": pixfrac, "transform": dict(zip("abcdef", transform)),
        "width": out_shape[1], "height": out_shape[0], "places": places,
        "weight": clean(float(drizzled.out_wht.sum(dtype=float))),
    })

swarp = subprocess.run(["SWarp", "-v"], capture_output=True, text=True).stdout.strip()
json.dump(
    {
        "versions": {
            "python": sys.version.split()[0], "numpy": np.__version__, "astropy": astropy.__version__,
            "reproject": reproject.__version__, "drizzle": drizzle.__version__, "swarp": swarp,
        },
        "width": WIDTH, "height": HEIGHT, "stars": STARS, "sum": float(frame.sum(dtype=float)),
        "columns": ["x", "y", "nearest", "bilinear", "exact", "coverage", "swarp"],
        "cases": cases, "drizzles": drizzles,
    },
    sys.stdout,
)
print()
