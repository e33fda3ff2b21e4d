"""Checks files that the FITS writers made, and stores what a strict reader says of them.

Run: WRITE_FITS_TO=FOLDER npx vitest run --project node tests/science/fits/write, then: python3 check_written.py FOLDER > written.json
Every file has to pass astropy's verify('exception') and both checksums, and has no byte beyond its HDUs. Where they are installed,
fitsverify has to find 0 warnings and 0 errors, and funpack has to unpack compressed images to the pixels that astropy reads.
"""
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import warnings

import astropy
import numpy as np
from astropy.io import fits

warnings.simplefilter("error")
result = {"command": "python3 check_written.py FOLDER > written.json", "astropy": astropy.__version__,
          "fitsverify": bool(shutil.which("fitsverify")), "funpack": bool(shutil.which("funpack")), "files": {}}


def verify(path):
    if shutil.which("fitsverify"):
        said = subprocess.run(["fitsverify", path], capture_output=True, text=True).stdout
        # Keywords that an original has twice are kept twice.
        warned = [line for line in said.splitlines() if "*** Warning" in line and "is duplicated in card" not in line]
        assert "and 0 error(s)" in said and not warned, said


def unpack(path):
    """Pixels of all images as funpack writes them."""
    target = os.path.join(tempfile.mkdtemp(), "unpacked.fits")
    subprocess.run(["funpack", "-O", target, path], check=True, capture_output=True)
    with fits.open(target, uint=False) as hdul:
        return [np.asarray(hdu.data, dtype="f8") for hdu in hdul if hdu.is_image and hdu.data is not None]


for name in sorted(os.listdir(sys.argv[1])):
    path = os.path.join(sys.argv[1], name)
    with open(path, "rb") as file:
        raw = file.read()
    assert len(raw) % 2880 == 0, name
    verify(path)
    hdus = []
    packed = False
    pixels = []
    # As tables, since the checksums of a compressed image are those of its table.
    with fits.open(path, checksum=True, disable_image_compression=True) as hdul:
        for hdu in hdul:
            # 2: there is none, as in an original that goes out as it came in.
            fine = (1, 2) if name.startswith("original-") else (1,)
            assert hdu.verify_checksum() in fine and hdu.verify_datasum() in fine, name
    # uint=False: astropy leaves BLANK out of account where it makes unsigned integers, and gives 65535 there.
    with fits.open(path, checksum=True, uint=False) as hdul:
        hdul.verify("exception")
        for index, hdu in enumerate(hdul):
            # As doubles 2^63 would swallow what is added to it.
            wide = hdu.header["BITPIX"] == 64
            # Before the data: astropy takes the cards for scaling away when it has scaled.
            keywords = [card.keyword for card in hdu.header.cards]
            packed |= isinstance(hdu, fits.CompImageHDU)
            about = {"rows": len(hdu.data), "columns": hdu.columns.names} if isinstance(hdu, fits.BinTableHDU) else {}
            if hdu.is_image and hdu.data is not None:
                data = np.asarray(fits.getdata(path, index, uint=True) if wide else hdu.data, dtype="f8")
                pixels.append(data)
                about = {"shape": list(data.shape), "sum": float(np.nansum(data)), "nan": int(np.isnan(data).sum())}
            hdus.append({
                "name": hdu.name,
                **about,
                "keywords": keywords,
                "values": {card.keyword: card.value for card in hdu.header.cards
                           if isinstance(card.value, (str, int, float, bool)) and card.keyword not in ("CHECKSUM", "DATASUM", "COMMENT", "HISTORY", "")},
            })
    if packed and shutil.which("funpack"):
        for ours, theirs in zip(pixels, unpack(path), strict=True):
            np.testing.assert_array_equal(ours, theirs)
    result["files"][name] = {"sha256": hashlib.sha256(raw).hexdigest(), "hdus": hdus}
json.dump(result, sys.stdout, indent=0)
