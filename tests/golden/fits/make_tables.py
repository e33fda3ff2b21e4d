"""Tables with everything that the standard allows and a good deal that it does not, and every cell as astropy reads it.

Run: python3 -W ignore make_tables.py > tables.json    (fpack of CFITSIO packs the compressed ones)
"""
import base64
import gzip
import io
import json
import pathlib
import subprocess
import sys
import tempfile

import astropy
import numpy as np
from astropy.io import fits

from table_canon import columns_of

rng = np.random.default_rng(20240)
cases = []


def to_bytes(hdus):
    buffer = io.BytesIO()
    hdus.writeto(buffer, checksum=True)
    return buffer.getvalue()


def add(name, raw, hdu=1, packed=None):
    with fits.open(io.BytesIO(raw), logical_as_bytes=True, memmap=False) as hdus:
        columns = list(columns_of(hdus[hdu]))
        rows = len(hdus[hdu].data)
    cases.append({"name": name, "hdu": hdu, "rows": rows, "columns": columns,
                  "file": base64.b64encode(gzip.compress(packed or raw, mtime=0)).decode()})


def table(columns, rows=None, **keywords):
    hdu = fits.BinTableHDU.from_columns(columns, nrows=rows or 0)
    for keyword, value in keywords.items():
        hdu.header[keyword] = value
    return to_bytes(fits.HDUList([fits.PrimaryHDU(), hdu]))


C = fits.Column
n = 7
every = [
    C("L", "L", array=np.arange(n) % 2 == 0), C("L3", "3L", array=rng.random((n, 3)) > 0.5),
    C("X", "11X", array=rng.random((n, 11)) > 0.5), C("B", "B", array=np.arange(n, dtype="u1") + 250),
    C("I", "I", array=np.arange(n) - 32768), C("J", "2J", array=rng.integers(-2**31, 2**31, (n, 2))),
    C("K", "K", array=rng.integers(-2**63, 2**63 - 1, n)), C("A", "9A", array=np.array(["M 31", "", "NGC 7000x", " lead", "a", "b ", "c"])),
    C("E", "E", array=rng.normal(size=n).astype("f4"), unit="mag"), C("D", "3D", array=np.where(rng.random((n, 3)) > 0.7, np.nan, rng.normal(size=(n, 3)))),
    C("C", "C", array=(rng.normal(size=n) + 1j).astype("c8")), C("M", "2M", array=rng.normal(size=(n, 2)) - 2j),
]
add("every type", table(every))
add("unsigned and signed", table([
    C("u16", "I", bzero=32768, array=np.arange(n, dtype="u2") * 9000), C("u32", "J", bzero=2**31, array=np.arange(n, dtype="u4") * 600_000_000),
    C("u64", "K", bzero=2**63, array=np.array([0, 1, 2**53 + 1, 2**63 - 1, 2**63, 2**64 - 1, 5], dtype="u8")),
    C("i8", "B", bzero=-128, array=np.arange(-3, 4, dtype="i1"))]))
add("nulls", table([
    C("b", "B", null=255, array=np.array([255, 1, 2, 255, 4, 5, 6], dtype="u1")), C("i", "I", null=-32768, array=np.array([-32768, 1, 2, 3, 4, 5, -32768])),
    C("j", "2J", null=-1, array=np.arange(2 * n).reshape(n, 2) % 3 - 1), C("k", "K", null=-2**63, array=np.array([-2**63, -2**63 + 1, 0, 1, 2, 3, 2**63 - 1]))]))
add("dimensions", table([
    C("cube", "12E", dim="(2,3,2)", array=rng.normal(size=(n, 2, 3, 2)).astype("f4")), C("words", "12A", dim="(4,3)", array=np.array([["ab", "cdef", "g"]] * n)),
    C("few", "6I", dim="(3,2)", array=rng.integers(0, 99, (n, 2, 3)))]))


def ragged(dtype, top=9, logical=False):
    cells = [rng.integers(0, 2 if logical else 100, rng.integers(0, top)).astype(dtype) for _ in range(n)]
    cells[2] = np.array([], dtype=dtype)
    result = np.empty(n, dtype=object)
    result[:] = cells
    return result


variable = [C(f"p{code.lower()}", f"P{code}()", array=ragged(dtype)) for code, dtype in
            [("B", "u1"), ("I", "i2"), ("J", "i4"), ("K", "i8"), ("E", "f4"), ("D", "f8"), ("C", "c8"), ("M", "c16")]]
variable += [C(f"q{code.lower()}", f"Q{code}()", array=ragged(dtype)) for code, dtype in [("I", "i2"), ("D", "f8")]]
variable += [C("pl", "PL()", array=ragged("bool", logical=True)), C("id", "J", array=np.arange(n))]
add("variable", table(variable))
add("no rows", table([C("a", "E", array=np.zeros(0, "f4")), C("b", "5A", array=np.zeros(0, "S5"))]))


def handmade(forms, body, rows, heap=b"", extra=(), primary=True):
    """A binary table put together by hand: forms as they are, bytes as they are."""
    cards = ["XTENSION= 'BINTABLE'", "BITPIX  =                    8", "NAXIS   =                    2", f"NAXIS1  = {len(body) // max(rows, 1):20d}",
             f"NAXIS2  = {rows:20d}", f"PCOUNT  = {len(heap):20d}", "GCOUNT  =                    1", f"TFIELDS = {len(forms):20d}"]
    for index, form in enumerate(forms, 1):
        cards += [f"TFORM{index:<3d}= '{form}'", f"TTYPE{index:<3d}= 'c{index}'"]
    cards += [*extra, "END"]
    pad = lambda data, fill: data + fill * (-len(data) % 2880)
    head = pad("".join(card.ljust(80) for card in cards).encode(), b" ")
    first = pad("".join(card.ljust(80) for card in ["SIMPLE  =                    T", "BITPIX  =                    8", "NAXIS   =                    0", "END"]).encode(), b" ")
    return first + head + pad(body + heap, b"\0")


floats = np.arange(6, dtype=">f4").tobytes()
descriptor = np.array([[2, 8], [0, 0], [3, 16]], dtype=">i4").tobytes()
add("gap before the heap, PE(25)", handmade(["PE(25)"], descriptor, 3, b"GAPGAPGA" + b"\0" * 8 + floats, ["THEAP   =                   32"]))
wide = np.array([[1, 0], [2, 4]], dtype=">i8").tobytes()
add("1QJ(0)", handmade(["1QJ(0)"], wide, 2, np.arange(5, dtype=">i4").tobytes()))
add("forms as writers write them", handmade([" 1J ", "4A", "1E", "2I "], (np.array([7], ">i4").tobytes() + b"ab\0z" + np.array([1.5], ">f4").tobytes() + np.array([1, -2], ">i2").tobytes()) * 2, 2))
row = np.array([(1, (1, 2, 3), 1.5, 2**40)], dtype=[("i", ">i2"), ("j", ">i4", 3), ("e", ">f4"), ("k", ">i8")]).tobytes()
add("scaled", handmade(["I", "3J", "E", "K"], row * 3, 3, b"", ["TSCAL1  = 0.01", "TZERO1  = 5.5", "TSCAL2  = 2.0", "TSCAL3  = 3.0", "TZERO3  = 1.0", "TSCAL4  = 0.5"]))
add("logical bytes", handmade(["4L"], b"TF\0T" + b"\0\0FF", 2))

ascii_columns = [
    C("name", "A8", array=np.array(["alpha", "", "  g", "d"])), C("whole", "I10", array=np.array([1, -2, 99999999, 0])),
    C("long", "I20", array=np.array([2**53 + 1, -(2**62), 3, 4])), C("fixed", "F10.3", array=np.array([1.5, -2.25, 0, 1e4])),
    C("single", "E15.7", array=np.array([1e-30, 2.5, -3, 4])), C("double", "D25.17", array=np.array([1 / 3, -2e200, 0, 1])),
    C("scaled", "F10.3", bscale=0.1, bzero=100.0, array=np.array([100.1, 100.2, 99, 100]))]
add("ascii", to_bytes(fits.HDUList([fits.PrimaryHDU(), fits.TableHDU.from_columns(ascii_columns)])))


def ascii_handmade(columns, lines, extra=()):
    width = len(lines[0])
    cards = ["XTENSION= 'TABLE   '", "BITPIX  =                    8", "NAXIS   =                    2", f"NAXIS1  = {width:20d}",
             f"NAXIS2  = {len(lines):20d}", "PCOUNT  =                    0", "GCOUNT  =                    1", f"TFIELDS = {len(columns):20d}"]
    for index, (start, form) in enumerate(columns, 1):
        cards += [f"TBCOL{index:<3d}= {start:20d}", f"TFORM{index:<3d}= '{form}'", f"TTYPE{index:<3d}= 'c{index}'"]
    cards += [*extra, "END"]
    pad = lambda data, fill: data + fill * (-len(data) % 2880)
    first = pad("".join(card.ljust(80) for card in ["SIMPLE  =                    T", "BITPIX  =                    8", "NAXIS   =                    0", "END"]).encode(), b" ")
    return first + pad("".join(card.ljust(80) for card in cards).encode(), b" ") + pad("".join(lines).encode(), b" ")


add("ascii by hand: blanks, nulls, D exponents, columns out of order", ascii_handmade(
    [(12, "D12.4"), (1, "I5"), (6, "A4"), (24, "F6.2")],
    ["   12ab     1.2345D+03   1.5 ", "  -99  cd     -2.5D-10   *.* ", "     wxyz   3.0         -12.25"[:29]],
    ["TNULL4  = '*.*'", "TNULL2  = '-99'"]))


def fpack(raw):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "t.fits"
        path.write_bytes(raw)
        subprocess.run(["fpack", "-table", str(path)], check=True, capture_output=True)
        return (pathlib.Path(folder) / "t.fits.fz").read_bytes()


n = 300
packed_columns = [
    C("B", "B", array=rng.integers(0, 255, n).astype("u1")), C("I", "3I", array=rng.integers(-99, 99, (n, 3))), C("J", "J", array=np.arange(n) * 70000),
    C("K", "K", array=np.arange(n) * 2**40), C("A", "6A", array=np.array([f"s{i}" for i in range(n)])), C("L", "L", array=rng.random(n) > 0.5),
    C("X", "13X", array=rng.random((n, 13)) > 0.5), C("E", "2E", array=rng.normal(size=(n, 2)).astype("f4")), C("D", "D", array=rng.normal(size=n)),
    C("C", "C", array=(rng.normal(size=n) + 1j).astype("c8")), C("M", "M", array=rng.normal(size=n) + 2j), C("u16", "I", bzero=32768, array=np.arange(n).astype("u2") * 200)]
raw = table(packed_columns)
add("compressed by fpack", raw, packed=fpack(raw))
# A second tile: fpack takes about ten megabytes of rows for one, which is too much here; the tile length is a keyword of the file.
ragged_columns = [C(f"p{code.lower()}", f"P{code}()", array=ragged(dtype, 200)) for code, dtype in [("I", "i2"), ("J", "i4"), ("E", "f4"), ("B", "u1")]]
ragged_columns.append(C("id", "J", array=np.arange(n)))
raw = table(ragged_columns)
add("compressed by fpack, variable", raw, packed=fpack(raw))

version = subprocess.run(["fpack", "-V"], capture_output=True, text=True).stdout.strip()
json.dump({"command": "python3 -W ignore make_tables.py > tables.json", "astropy": astropy.__version__, "fpack": version, "cases": cases}, sys.stdout, indent=0)
