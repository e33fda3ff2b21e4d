"""Stars of a stack that SWarp made of frames that are drawn here; the test draws the same frames and stacks them itself.

Run: python3 make_swarp.py (needs numpy, astropy and SWarp); writes swarp.json beside it.
"""

import json
import math
import os
import subprocess
import tempfile

import astropy
import numpy as np
from astropy.io import fits
from astropy.wcs import WCS

RA, DEC, SCALE = 210.5, 34.25, 2.0
GRID = {"width": 380, "height": 340, "scale": 1.8}
FRAMES = [
    {"ra": RA, "dec": DEC, "scale": SCALE, "rotation": 0.0, "width": 320, "height": 280},
    {"ra": RA + 0.006, "dec": DEC - 0.004, "scale": SCALE, "rotation": 17.0, "width": 320, "height": 280},
    {"ra": RA - 0.003, "dec": DEC + 0.005, "scale": 1.6, "rotation": -41.0, "width": 380, "height": 340},
    {"ra": RA + 0.002, "dec": DEC + 0.001, "scale": SCALE, "rotation": 176.0, "width": 320, "height": 280},
]
SIGMA_ARCSEC = 3.2
REACH = 9


def wcs_of(f):
    wcs = WCS(naxis=2)
    s, t = f["scale"] / 3600, math.radians(f["rotation"])
    wcs.wcs.ctype = ["RA---TAN", "DEC--TAN"]
    wcs.wcs.crval = [f["ra"], f["dec"]]
    wcs.wcs.crpix = [(f["width"] + 1) / 2, (f["height"] + 1) / 2]
    wcs.wcs.cd = [[-s * math.cos(t), s * math.sin(t)], [s * math.sin(t), s * math.cos(t)]]
    return wcs


def draw(f, stars):
    data = np.zeros((f["height"], f["width"]))
    sigma = SIGMA_ARCSEC / f["scale"]
    wcs = wcs_of(f)
    erf = np.vectorize(math.erf)
    for star in stars:
        x, y = wcs.all_world2pix([[star["ra"], star["dec"]]], 0)[0]
        edge = lambda n, c: np.diff(erf((np.arange(n + 1) - 0.5 - c) / sigma / math.sqrt(2))) / 2
        data += star["flux"] * np.outer(edge(f["height"], y), edge(f["width"], x))
    return data.astype(np.float32)


def main():
    random = np.random.default_rng(7)
    stars = []
    while len(stars) < 90:
        ra = RA + (random.random() - 0.5) * 480 / 3600 / math.cos(math.radians(DEC))
        dec = DEC + (random.random() - 0.5) * 440 / 3600
        near = [s for s in stars if math.hypot((s["ra"] - ra) * math.cos(math.radians(DEC)), s["dec"] - dec) * 3600 < 40]
        if not near:
            stars.append({"ra": ra, "dec": dec, "flux": float(5000 * 10 ** random.random())})
        elif len(stars) > 60 and random.random() < 0.002:
            break
    folder = tempfile.mkdtemp()
    for k, f in enumerate(FRAMES):
        fits.writeto(os.path.join(folder, f"f{k}.fits"), draw(f, stars), wcs_of(f).to_header())
    subprocess.run(
        ["SWarp", *[f"f{k}.fits" for k in range(len(FRAMES))], "-IMAGEOUT_NAME", "out.fits", "-WEIGHTOUT_NAME", "out.weight.fits", "-SUBTRACT_BACK", "N",
         "-COMBINE_TYPE", "AVERAGE", "-RESAMPLING_TYPE", "LANCZOS3", "-CENTER_TYPE", "MANUAL",
         "-CENTER", f"{RA},{DEC}", "-PIXELSCALE_TYPE", "MANUAL", "-PIXEL_SCALE", str(GRID["scale"]),
         "-IMAGE_SIZE", f"{GRID['width']},{GRID['height']}", "-CELESTIAL_TYPE", "EQUATORIAL", "-PROJECTION_TYPE", "TAN",
         "-WEIGHT_TYPE", "NONE", "-WRITE_XML", "N", "-VERBOSE_TYPE", "QUIET"],
        cwd=folder, check=True,
    )
    with fits.open(os.path.join(folder, "out.fits")) as hdus:
        data, wcs = hdus[0].data.astype(float), WCS(hdus[0].header)
    measured = []
    for star in stars:
        x, y = wcs.all_world2pix([[star["ra"], star["dec"]]], 0)[0]
        c, r = round(x), round(y)
        if c < REACH or r < REACH or c >= GRID["width"] - REACH or r >= GRID["height"] - REACH:
            measured.append(None)
            continue
        cut = np.s_[r - REACH : r + REACH + 1, c - REACH : c + REACH + 1]
        box = data[cut]
        v, u = np.mgrid[cut]
        # Only where all four frames are: else the two programs agree in the mean but not in which frames it is of.
        places = [(f, wcs_of(f).all_world2pix([[star["ra"], star["dec"]]], 0)[0]) for f in FRAMES]
        whole = all(22 < p[0] < f["width"] - 23 and 22 < p[1] < f["height"] - 23 for f, p in places)
        measured.append({"flux": float(box.sum()), "x": float((box * u).sum() / box.sum()), "y": float((box * v).sum() / box.sum())} if whole else None)
    version = subprocess.run(["SWarp", "-v"], capture_output=True, text=True).stdout.strip()
    json.dump(
        {"versions": {"swarp": version, "astropy": astropy.__version__, "numpy": np.__version__},
         "center": {"ra": RA, "dec": DEC}, "grid": GRID, "sigma": SIGMA_ARCSEC, "reach": REACH, "frames": FRAMES, "stars": stars, "measured": measured},
        open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "swarp.json"), "w"), indent=1,
    )


main()
