"""Small FITS files written by astropy and the pixels that astropy reads from them.

Run: python3 make_codecs.py > codecs.json        (versions are stored in the file)
Each case: the file (gzip, base64), the HDU, the shape (slowest axis first) and the pixels as little-endian float64 (base64).
"""
import base64
import gzip
import io
import json
import sys
import warnings

import astropy
import numpy as np
from astropy.io import fits

SEED = 20171220
rng = np.random.default_rng(SEED)
cases = []


def add(name, hdul, hdu):
    buffer = io.BytesIO()
    hdul.writeto(buffer, checksum=True)
    raw = buffer.getvalue()
    with fits.open(io.BytesIO(raw)) as read:
        data = read[hdu].data
        shape = list(data.shape)
        pixels = np.asarray(data, dtype="<f8")
    cases.append({
        "name": name,
        "hdu": hdu,
        "shape": shape,
        "file": base64.b64encode(gzip.compress(raw, mtime=0)).decode(),
        "pixels": base64.b64encode(gzip.compress(pixels.tobytes(), mtime=0)).decode(),
    })


def plain(name, data, **keywords):
    hdu = fits.PrimaryHDU(data)
    for key, value in keywords.items():
        hdu.header[key] = value
    add(name, fits.HDUList([hdu]), 0)


def packed(name, data, **options):
    add(name, fits.HDUList([fits.PrimaryHDU(), fits.CompImageHDU(data, **options)]), 1)


def integers(dtype, shape=(11, 13)):
    info = np.iinfo(dtype)
    data = rng.integers(info.min, info.max, size=shape, dtype=dtype, endpoint=True)
    data.flat[:4] = [info.min, info.max, 0 if info.min < 0 else 1, 100]
    return data


for dtype in ("uint8", "int8", "int16", "uint16", "int32", "uint32", "int64", "uint64"):
    plain(f"plain {dtype}", integers(dtype))
plain("plain uint64, small values", np.arange(143, dtype="uint64").reshape(11, 13))
floats = rng.normal(0, 1e3, (11, 13))
floats.flat[:5] = [np.nan, np.inf, -np.inf, -0.0, 1e-40]
plain("plain float32", floats.astype("float32"))
plain("plain float64", floats)
blank = rng.integers(-300, 300, (11, 13)).astype("int16")
blank.flat[[0, 5, 142]] = -99
plain("int16 with BLANK", blank, BLANK=-99)
plain("int32 with BLANK", blank.astype("int32"), BLANK=-99)
plain("uint8 with BLANK", np.where(blank == -99, 255, np.abs(blank) % 255).astype("uint8"), BLANK=255)
plain("cube of int16", integers("int16", (3, 5, 7)))


def scaled(name, stored, bscale, bzero, blank_value=None):
    # Written as it stands, since astropy would scale while writing.
    header = fits.Header([("SIMPLE", True), ("BITPIX", stored.dtype.itemsize * 8), ("NAXIS", 2), ("NAXIS1", stored.shape[1]),
                          ("NAXIS2", stored.shape[0]), ("BSCALE", bscale), ("BZERO", bzero)])
    if blank_value is not None:
        header["BLANK"] = blank_value
    raw = header.tostring().encode() + stored.astype(stored.dtype.newbyteorder(">")).tobytes()
    raw += b"\0" * (-len(raw) % 2880)
    with fits.open(io.BytesIO(raw)) as hdul:
        pixels = np.asarray(hdul[0].data, dtype="<f8")
    cases.append({"name": name, "hdu": 0, "shape": list(stored.shape),
                  "file": base64.b64encode(gzip.compress(raw, mtime=0)).decode(),
                  "pixels": base64.b64encode(gzip.compress(pixels.tobytes(), mtime=0)).decode()})


scaled("int16 with BSCALE and BLANK", blank, 0.25, 12.5, -99)
scaled("int32 with BSCALE", integers("int32"), 1e-3, -7.0)
scaled("uint8 with BSCALE", integers("uint8"), 0.5, 3.0)

sky = rng.poisson(500, (33, 47)).astype("float64")
sky[10:14, 20:24] += 20000
for codec in ("RICE_1", "GZIP_1", "GZIP_2", "NOCOMPRESS"):
    for dtype in ("uint8", "int16", "uint16", "int32"):
        image = (sky % 250 if dtype == "uint8" else sky - 700 if dtype != "uint16" else sky + 30000).astype(dtype)
        packed(f"{codec} {dtype}", image, compression_type=codec)
        packed(f"{codec} {dtype} in tiles of 10 x 8", image, compression_type=codec, tile_shape=(8, 10))
packed("RICE_1 int32, noise over the whole range", integers("int32", (20, 64)), compression_type="RICE_1")
packed("RICE_1 int16, noise over the whole range", integers("int16", (20, 64)), compression_type="RICE_1")
packed("RICE_1 uint8, noise over the whole range", integers("uint8", (20, 64)), compression_type="RICE_1")
packed("RICE_1 constant", np.full((9, 40), 7, "int16"), compression_type="RICE_1")
packed("RICE_1 cube in tiles", integers("int16", (4, 9, 14)), compression_type="RICE_1", tile_shape=(2, 4, 5))

real = rng.normal(10, 3, (33, 47))
real[3, 5:9] = np.nan
real[20, :] = 0
real[21, 10:20] = 0
for codec in ("RICE_1", "GZIP_1", "GZIP_2"):
    for method in (-1, 1, 2):
        for dtype in ("float32", "float64"):
            packed(f"{codec} {dtype} quantised, method {method}", real.astype(dtype), compression_type=codec, quantize_level=16,
                   quantize_method=method, dither_seed=4711)
for codec in ("GZIP_1", "GZIP_2", "NOCOMPRESS"):
    for dtype in ("float32", "float64"):
        packed(f"{codec} {dtype} without loss", real.astype(dtype), compression_type=codec, quantize_level=0)
large = rng.normal(0, 1, (40, 400))
packed("RICE_1 float32, tiles longer than the random sequence", large.astype("float32"), compression_type="RICE_1", tile_shape=(40, 400),
       quantize_level=4, quantize_method=1, dither_seed=9999)
huge = rng.normal(0, 1, (6, 60)) * 1e-3
huge[2] = 10.0 ** rng.uniform(-30, 30, 60)
packed("RICE_1 float32, a row that will not quantise", huge.astype("float32"), compression_type="RICE_1")

# Codecs that no standard names: the name of a good one is overwritten.
refused = []
for codec in ("BZIP2_1", "ZSTD_1"):
    buffer = io.BytesIO()
    fits.HDUList([fits.PrimaryHDU(), fits.CompImageHDU(sky.astype("int16"), compression_type="RICE_1")]).writeto(buffer)
    raw = buffer.getvalue().replace(b"'RICE_1  '", b"'" + codec.ljust(8).encode() + b"'")
    assert raw != buffer.getvalue()
    refused.append({"codec": codec, "file": base64.b64encode(gzip.compress(raw, mtime=0)).decode()})

json.dump({"command": "python3 make_codecs.py > codecs.json", "astropy": astropy.__version__, "numpy": np.__version__, "seed": SEED,
           "cases": cases, "refused": refused}, sys.stdout, indent=0)
