"""XISF files as the Python package `xisf` writes them, SER videos put together by hand from the description of the format, and their pixels.

Run with `pip install xisf` at hand: python3 -W ignore make_foreign.py > foreign.json
"""
import base64
import datetime
import importlib.metadata
import json
import pathlib
import struct
import sys
import tempfile

import numpy as np
from xisf import XISF

rng = np.random.default_rng(5)
# Of 100 ns, from the year 1.
START = datetime.datetime(2024, 1, 4, 21, 20, 0, 250_000)
TICKS = int((START - datetime.datetime(1, 1, 1)) / datetime.timedelta(microseconds=1)) * 10
cases = []


def keep(name, kind, raw, pixels, cards):
    cases.append({"name": name, "kind": kind, "file": base64.b64encode(raw).decode(), "shape": list(pixels.shape),
                  "pixels": base64.b64encode(pixels.astype(">f8").tobytes()).decode(), "cards": cards})


def xisf(name, image, codec=None, shuffle=False, kind=None):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "a.xisf"
        metadata = {"FITSKeywords": {"OBJECT": [{"value": "'M 31'", "comment": "what"}], "EXPTIME": [{"value": "30.5", "comment": "[s]"}],
                                     "FILTER": [{"value": "'Ha'", "comment": ""}], "HISTORY": [{"value": "", "comment": "dark subtracted"}],
                                     "FLIPPED": [{"value": "T", "comment": "logical"}]}}
        XISF.write(str(path), image, image_metadata=metadata, codec=codec, shuffle=shuffle)
        raw = path.read_bytes()
        read = XISF(str(path)).read_image(0)
    # Rows, columns, channels: here a plane for each channel.
    planes = np.moveaxis(read, 2, 0)
    keep(name, "xisf", raw, planes[0] if planes.shape[0] == 1 else planes,
         {"OBJECT": "M 31", "EXPTIME": 30.5, "FILTER": "Ha", "FLIPPED": True, "ROWORDER": "TOP-DOWN", "ORIGFMT": "XISF"})


grey = rng.integers(0, 65536, (13, 17, 1)).astype("uint16")
xisf("XISF uint16", grey)
xisf("XISF uint8", (grey >> 8).astype("uint8"))
xisf("XISF uint32", grey.astype("uint32") * 65537)
xisf("XISF float32", (grey / 65535).astype("float32"))
xisf("XISF float64", grey / 65535)
xisf("XISF colours", rng.random((11, 9, 3)).astype("float32"))
for codec in ("zlib", "lz4", "lz4hc", "zstd"):
    for shuffle in (False, True):
        xisf(f"XISF {codec}{' shuffled' if shuffle else ''}", np.repeat(grey, 3, axis=0), codec, shuffle)


def ser(name, frames, depth, colour=0, flag=0, times=None, cut=0, cards=None):
    count, height, width = frames.shape[:3]
    text = lambda value: value.encode().ljust(40, b"\0")
    start = TICKS
    head = b"LUCAM-RECORDER" + struct.pack("<7i", 0, colour, flag, width, height, depth, count) + text("A. Observer") + text("ZWO ASI178MM") + text("C8") + struct.pack("<2Q", start, start)
    body = frames.astype("<u2" if depth > 8 else "u1").tobytes()
    trailer = b"" if times is None else struct.pack(f"<{count}Q", *[start + int(1e7 * time) for time in times])
    raw = head + body + trailer
    pixels = frames.reshape(count, height, width, -1)
    if colour == 101:
        pixels = pixels[..., ::-1]
    if cut:
        raw = raw[:178 + len(body) - cut]
        pixels = pixels[:-1]
    planes = np.moveaxis(pixels, 3, 1).reshape(-1, height, width)
    keep(name, "ser", raw, planes[0] if len(planes) == 1 else planes,
         {"OBSERVER": "A. Observer", "INSTRUME": "ZWO ASI178MM", "TELESCOP": "C8", "DATE-OBS": START.isoformat(timespec="milliseconds"), **(cards or {})})


mono = rng.integers(0, 4096, (5, 7, 8))
ser("SER of 12 bits", mono, 12, times=[0, 1, 2, 3, 4.5], cards={"SERDURAT": 4.5, "SERBITS": 12})
ser("SER of 8 bits", mono >> 4, 8)
ser("SER of one frame", mono[:1], 16)
ser("SER with Bayer pattern", mono, 12, colour=8, cards={"BAYERPAT": "RGGB"})
ser("SER in RGB", rng.integers(0, 256, (3, 4, 5, 3)), 8, colour=100)
ser("SER in BGR", rng.integers(0, 65536, (3, 4, 5, 3)), 16, colour=101)
ser("SER that was cut", mono, 12, cut=10)
json.dump({"command": "python3 -W ignore make_foreign.py > foreign.json", "xisf": importlib.metadata.version("xisf"), "cases": cases}, sys.stdout, indent=0)
