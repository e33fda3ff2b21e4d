"""Compressed images of many kinds by astropy and by CFITSIO through fitsio, with their values as astropy reads them.

Run with `pip install fitsio` at hand: python3 -W ignore make_more_codecs.py > more-codecs.json
"""
import base64
import gzip
import io
import json
import os
import sys
import tempfile
import warnings

import astropy
import fitsio
import numpy as np
from astropy.io import fits

warnings.simplefilter("ignore")
rng = np.random.default_rng(1)
cases = []


def keep(name, raw):
    with fits.open(io.BytesIO(raw)) as hdus:
        index, hdu = next((index, hdu) for index, hdu in enumerate(hdus) if hdu.data is not None)
        values = np.ascontiguousarray(hdu.data)
    cases.append({"name": name, "hdu": index, "shape": list(values.shape), "type": values.dtype.name,
                  "values": base64.b64encode(gzip.compress(values.astype(">f8").tobytes(), mtime=0)).decode(), "file": base64.b64encode(gzip.compress(raw, mtime=0)).decode()})


def compressed(name, data, **how):
    buffer = io.BytesIO()
    fits.HDUList([fits.PrimaryHDU(), fits.CompImageHDU(data=data, **how)]).writeto(buffer)
    keep(name, buffer.getvalue())


shapes = {"a row": (37,), "odd tiles": (14, 17), "a cube": (3, 9, 11), "four axes": (2, 2, 5, 6), "a column": (20, 1)}
for label, shape in shapes.items():
    tile = tuple(max(1, side // 2 + 1) for side in shape)
    for codec in ("RICE_1", "GZIP_1", "GZIP_2", "NOCOMPRESS"):
        compressed(f"{codec} int16, {label}", rng.integers(-100, 100, shape).astype("int16"), compression_type=codec, tile_shape=tile)
        data = rng.normal(100, 10, shape).astype("float32")
        data.ravel()[::5] = 0
        compressed(f"{codec} float32, second dither with zeros, {label}", data, compression_type=codec, tile_shape=tile, quantize_method=2, quantize_level=16, dither_seed=7)
        data.ravel()[3] = np.nan
        compressed(f"{codec} float64, no dither, a null, {label}", data.astype("float64"), compression_type=codec, tile_shape=tile, quantize_method=-1, quantize_level=4)
compressed("RICE_1 float32 without a scale", rng.normal(100, 10, (9, 10)).astype("float32"), compression_type="RICE_1", quantize_method=1, quantize_level=0, dither_seed=7)
for smooth in (False, True):
    compressed(f"HCOMPRESS_1, scale 4, smooth {smooth}", rng.integers(0, 500, (20, 21)).astype("int16"), compression_type="HCOMPRESS_1", hcomp_scale=4, hcomp_smooth=smooth, tile_shape=(20, 21))
for kind in ("uint8", "uint16", "int32", "uint32"):
    for codec in ("RICE_1", "GZIP_2", "PLIO_1", "HCOMPRESS_1"):
        if codec == "PLIO_1" and kind in ("uint16", "uint32"):
            continue
        compressed(f"{codec} {kind}", rng.integers(0, 200, (12, 13)).astype(kind), compression_type=codec, tile_shape=(12, 13))


def by_cfitsio(name, data, **how):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "a.fits")
        with fitsio.FITS(path, "rw") as file:
            file.write(data, **how)
        with open(path, "rb") as file:
            keep(f"CFITSIO {name}", file.read())


data = rng.normal(50, 5, (15, 12)).astype("f4")
data[3, 3] = np.nan
for codec in ("RICE", "GZIP", "GZIP_2", "HCOMPRESS"):
    for method in ("NO_DITHER", "SUBTRACTIVE_DITHER_1", "SUBTRACTIVE_DITHER_2"):
        by_cfitsio(f"{codec} {method}", data, compress=codec, tile_dims=(5, 12), qlevel=4.0, qmethod=method)
by_cfitsio("GZIP without loss", data, compress="GZIP", tile_dims=(5, 12), qlevel=0)
by_cfitsio("PLIO", rng.integers(0, 120, (15, 12)).astype("u2"), compress="PLIO", tile_dims=(5, 12))


def scaled(name, data, cards):
    buffer = io.BytesIO()
    fits.PrimaryHDU(data).writeto(buffer)
    raw = buffer.getvalue()
    at = raw.index(b"END     ")
    keep(name, (raw[:at] + b"".join(card.ljust(80).encode() for card in [*cards, "END"])).ljust(2880) + raw[2880:])


for kind, offset in (("uint8", -128), ("int16", 2**15), ("int32", 2**31), ("int64", 2**63)):
    data = rng.integers(0, 100, (5, 6)).astype(kind)
    scaled(f"{kind} with BLANK", data, ["BLANK   = 7"])
    scaled(f"{kind} with BLANK and BZERO", data, ["BLANK   = 7", "BZERO   = 10"])
    scaled(f"{kind} scaled", data, ["BSCALE  = 0.5", "BZERO   = 10"])
    scaled(f"{kind} with the offset of the other sign", data, [f"BZERO   = {offset}"])
for kind in ("float32", "float64"):
    scaled(f"{kind} scaled", rng.normal(size=(5, 6)).astype(kind), ["BSCALE  = 2.0", "BZERO   = 10.0"])
json.dump({"command": "python3 -W ignore make_more_codecs.py > more-codecs.json", "astropy": astropy.__version__, "fitsio": fitsio.__version__,
           "cases": cases}, sys.stdout, indent=0)
