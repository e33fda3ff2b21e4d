"""PLIO_1 and HCOMPRESS_1 images written by astropy, and by fpack where it says so, with the pixels that astropy AND funpack read from them.

Run: python3 make_tile_codecs.py > tile-codecs.json        (versions are stored in the file; fpack and funpack are cfitsio's)
The generator stops when the two readers disagree. Each case: the file (gzip, base64), the shape (slowest axis first) and the pixels as
little-endian float64 (gzip, base64).
"""
import base64
import gzip
import json
import os
import subprocess
import sys
import tempfile
import warnings

import astropy
import numpy as np
from astropy.io import fits

warnings.simplefilter("ignore")
SEED = 19921005
rng = np.random.default_rng(SEED)
cases = []
folder = tempfile.mkdtemp()


def text(data):
    return base64.b64encode(gzip.compress(data, mtime=0)).decode()


def record(name, path, exact=None):
    unpacked = os.path.join(folder, "unpacked.fits")
    if os.path.exists(unpacked):
        os.remove(unpacked)
    subprocess.run(["funpack", "-O", unpacked, path], check=True, capture_output=True)
    with fits.open(unpacked) as hdul:
        theirs = np.asarray(next(h.data for h in hdul if h.data is not None), "<f8")
    with fits.open(path) as hdul:
        ours = np.asarray(next(h.data for h in hdul if h.data is not None), "<f8")
    worst = np.nanmax(np.abs(theirs - ours))
    if worst > (0 if exact is not None else 1e-6 * np.nanmax(np.abs(ours))) or (np.isnan(theirs) != np.isnan(ours)).any():
        raise SystemExit(f"{name}: the readers disagree by {worst}")
    if exact is not None and exact is not False and not np.array_equal(ours, exact.astype("f8")):
        raise SystemExit(f"{name}: not what was written")
    with open(path, "rb") as file:
        cases.append({"name": name, "shape": list(ours.shape), "file": text(file.read()), "pixels": text(ours.astype("<f8").tobytes())})


def packed(name, data, lossless=None, **options):
    path = os.path.join(folder, "packed.fits")
    fits.HDUList([fits.PrimaryHDU(), fits.CompImageHDU(data, **options)]).writeto(path, overwrite=True, checksum=True)
    record(name, path, data if lossless else (False if data.dtype.kind in "iu" else None))


def fpacked(name, data, *options):
    plain = os.path.join(folder, "plain.fits")
    fits.PrimaryHDU(data).writeto(plain, overwrite=True)
    for old in (plain + ".fz",):
        if os.path.exists(old):
            os.remove(old)
    subprocess.run(["fpack", *options, plain], check=True, capture_output=True)
    record(name, plain + ".fz", False if data.dtype.kind in "iu" else None)


# Masks: runs, single pixels, levels that rise and fall by one and by more than twelve bits.
mask = np.zeros((21, 33), "int32")
mask[3:9, 5:20] = 1
mask[5, 7] = 4
mask[10, ::3] = 2
mask[12] = np.arange(33)
mask[13] = np.arange(33)[::-1] * 130
mask[14, 4:9] = [70000, 70001, 69999, 16777215, 1]
mask[20, 32] = 9
packed("PLIO_1 int32, levels of up to 24 bits", mask, True, compression_type="PLIO_1")
packed("PLIO_1 int16", (mask % 32768).astype("int16"), True, compression_type="PLIO_1")
packed("PLIO_1 uint8", (mask % 256).astype("uint8"), True, compression_type="PLIO_1")
packed("PLIO_1 int16 in tiles of 10 x 8", (mask % 32768).astype("int16"), True, compression_type="PLIO_1", tile_shape=(8, 10))
packed("PLIO_1 int16, a row longer than a number of an instruction", (np.arange(13000)[None, :] > 8999).astype("int16"), True,
       compression_type="PLIO_1")
packed("PLIO_1 uint8, noise", rng.integers(0, 256, (9, 40)).astype("uint8"), True, compression_type="PLIO_1")
packed("PLIO_1 int16, nothing set", np.zeros((4, 50), "int16"), True, compression_type="PLIO_1")

sky = rng.poisson(400, (45, 51)).astype("float64")
y, x = np.mgrid[:45, :51]
for cy, cx, flux in ((10, 12, 9000), (30, 40, 25000), (22, 5, 3000), (44, 50, 14000)):
    sky += flux * np.exp(-((y - cy) ** 2 + (x - cx) ** 2) / 8)
for dtype in ("uint8", "int16", "uint16", "int32"):
    image = (sky % 250 if dtype == "uint8" else sky - 600 if dtype != "uint16" else sky + 30000).astype(dtype)
    packed(f"HCOMPRESS_1 {dtype}", image, True, compression_type="HCOMPRESS_1")
    packed(f"HCOMPRESS_1 {dtype}, one tile", image, True, compression_type="HCOMPRESS_1", tile_shape=(45, 51))
    packed(f"HCOMPRESS_1 {dtype} in tiles of 11 x 8", image, True, compression_type="HCOMPRESS_1", tile_shape=(8, 11))
for dtype in ("uint8", "int16", "int32"):
    info = np.iinfo(dtype)
    low, high = (info.min, info.max) if dtype != "int32" else (-(2**31), 2**31 - 1)
    noise = rng.integers(low, high, (24, 37), dtype="int64", endpoint=True).astype(dtype)
    noise.flat[:2] = [low, high]
    packed(f"HCOMPRESS_1 {dtype}, noise over the whole range", noise, True, compression_type="HCOMPRESS_1", tile_shape=(24, 37))
packed("HCOMPRESS_1 constant", np.full((20, 20), -7, "int16"), True, compression_type="HCOMPRESS_1", tile_shape=(20, 20))
packed("HCOMPRESS_1 zeros", np.zeros((20, 20), "int16"), True, compression_type="HCOMPRESS_1", tile_shape=(20, 20))
for size in ((4, 4), (4, 64), (64, 5), (5, 7), (32, 32), (33, 31)):
    packed(f"HCOMPRESS_1 of {size[1]} x {size[0]}", rng.normal(0, 900, size).astype("int16"), True, compression_type="HCOMPRESS_1",
           tile_shape=size)
for scale in (2, 9, 60):
    for smooth in (0, 1):
        options = dict(compression_type="HCOMPRESS_1", hcomp_scale=scale, hcomp_smooth=smooth)
        packed(f"HCOMPRESS_1 int16, scale {scale}, smooth {smooth}", (sky - 600).astype("int16"), tile_shape=(45, 51), **options)
        packed(f"HCOMPRESS_1 int32, scale {scale}, smooth {smooth}", (sky * 50 - 99999).astype("int32"), tile_shape=(45, 51), **options)
        packed(f"HCOMPRESS_1 int16 in tiles, scale {scale}, smooth {smooth}", (sky - 600).astype("int16"), tile_shape=(16, 17), **options)
real = rng.normal(10, 3, (45, 51)) + sky / 100
for method in (-1, 1, 2):
    packed(f"HCOMPRESS_1 float32 quantised, method {method}", real.astype("float32"), compression_type="HCOMPRESS_1", quantize_level=16,
           quantize_method=method, dither_seed=4711)
fpacked("fpack -h", (sky - 600).astype("int16"), "-h")
fpacked("fpack -h -s 4", (sky - 600).astype("int16"), "-h", "-s", "4")
fpacked("fpack -h of floats", real.astype("float32"), "-h", "-s", "2")
fpacked("fpack -p", (mask % 32768).astype("int16"), "-p")

version = subprocess.run(["fpack", "-V"], capture_output=True, text=True).stdout.strip()
json.dump({"command": "python3 make_tile_codecs.py > tile-codecs.json", "astropy": astropy.__version__, "numpy": np.__version__,
           "fpack": version, "seed": SEED, "cases": cases}, sys.stdout, indent=0)
