"""Compares files of others with what our reader and writer made of them, by what astropy reads from both.

Run: REWRITE_FITS_TO=FOLDER npx vitest run --project node tests/science/fits/round-trip, then: python3 compare_rewritten.py FOLDER > rewritten.json
FOLDER has <name>.original and <name>.rewritten. What is rewritten has to pass verify('exception') and its checksums with warnings as
errors; pixels and columns have to be equal. What astropy cannot read of an original is said and not compared. fitsverify has to find no error;
the warnings that it has are said by their kind: they are about keywords of the original.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import warnings

import astropy
import numpy as np
from astropy.io import fits

result = {
    "command": "python3 compare_rewritten.py FOLDER > rewritten.json",
    "astropy": astropy.__version__,
    "fitsverify": bool(shutil.which("fitsverify")),
    "files": {},
}


def verify(path):
    run = subprocess.run(["fitsverify", path], capture_output=True, text=True)
    said = run.stdout
    errors = [] if "and 0 error(s)" in said else [run.stderr]
    kinds = sorted({re.sub(r"[#'\"].*", "", line.split("Warning:")[1]).strip() for line in said.splitlines() if "*** Warning" in line})
    return errors, kinds


def strict(path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with fits.open(path, checksum=True, disable_image_compression=True) as hdul:
            hdul.verify("exception")
            for hdu in hdul:
                assert hdu.verify_checksum() == 1 and hdu.verify_datasum() == 1, path


def same(a, b):
    a, b = np.asarray(a), np.asarray(b)
    if a.dtype == object or b.dtype == object:
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b))
    if a.size == 0 and b.size == 0:
        return True
    if a.dtype.kind in "SU":
        return np.array_equal(np.char.rstrip(a.astype(str)), np.char.rstrip(b.astype(str)))
    if a.dtype.kind in "fc" or b.dtype.kind in "fc":
        return np.array_equal(a.astype(b.dtype), b, equal_nan=True)
    return np.array_equal(a, b)


def compare_tables(before, after, name):
    assert len(before.data) == len(after.data), name
    for index, column in enumerate(before.columns):
        if str(column.format).startswith("0"):
            continue
        # By number: names may be twice in a table.
        x, y = before.data.field(index), after.data.field(index)
        null = after.columns[index].null
        if null is not None:
            # A value that is missing is whatever the two forms of table put in its place.
            there = y != null
            x, y = x[there], y[there]
        assert same(x, y), (name, column.name, x[:3], y[:3])


def compare(original, rewritten, name):
    compared = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with fits.open(original, ignore_missing_end=True) as before, fits.open(rewritten) as after:
            shift = len(after) - len(before)
            assert shift in (0, 1), (name, len(before), len(after))
            for index, hdu in enumerate(before):
                other = after[index + shift]
                if isinstance(hdu, fits.GroupsHDU) or not isinstance(
                    hdu, (fits.PrimaryHDU, fits.ImageHDU, fits.CompImageHDU, fits.BinTableHDU, fits.TableHDU)):
                    compared.append("not compared")
                    continue
                try:
                    data = hdu.data
                    if isinstance(hdu, (fits.BinTableHDU, fits.TableHDU)) and len(hdu.columns) > 0:
                        hdu.data.field(0)
                except Exception as error:
                    compared.append(f"astropy does not read it: {type(error).__name__}")
                    continue
                if data is None:
                    assert other.data is None or other.data.size == 0, name
                elif isinstance(hdu, (fits.BinTableHDU, fits.TableHDU)) and not hdu.is_image:
                    if hdu.header.get("ZTABLE"):
                        compared.append("a packed table")
                        continue
                    compare_tables(hdu, other, name)
                else:
                    assert same(data, other.data), (name, index)
                compared.append("equal")
    return compared


for file in sorted(os.listdir(sys.argv[1])):
    if not file.endswith(".rewritten"):
        continue
    name = file.removesuffix(".rewritten").replace("__", "/")
    path = os.path.join(sys.argv[1], file)
    strict(path)
    entry = {"hdus": compare(path.removesuffix(".rewritten") + ".original", path, name)}
    if shutil.which("fitsverify"):
        errors, kinds = verify(path)
        assert not errors, (name, errors)
        entry["warnings"] = kinds
    result["files"][name] = entry
json.dump(result, sys.stdout, indent=0)
