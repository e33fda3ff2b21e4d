"""Checks files that writeFitsImage made, and stores what a strict reader says of them.

Run: WRITE_FITS_TO=FOLDER npx vitest run --project node tests/science/fits/write, then: python3 check_written.py FOLDER > written.json
Every file has to pass astropy's verify('exception') and both checksums, and has no byte beyond its HDUs.
"""
import hashlib
import json
import os
import sys
import warnings

import astropy
import numpy as np
from astropy.io import fits

warnings.simplefilter("error")
result = {"command": "python3 check_written.py FOLDER > written.json", "astropy": astropy.__version__, "files": {}}
for name in sorted(os.listdir(sys.argv[1])):
    path = os.path.join(sys.argv[1], name)
    with open(path, "rb") as file:
        raw = file.read()
    assert len(raw) % 2880 == 0, name
    hdus = []
    # uint=False: astropy leaves BLANK out of account where it makes unsigned integers, and gives 65535 there.
    with fits.open(path, checksum=True, uint=False) as hdul:
        hdul.verify("exception")
        for hdu in hdul:
            assert hdu.verify_checksum() == 1 and hdu.verify_datasum() == 1, name
            # Before the data: astropy takes the cards for scaling away when it has scaled.
            keywords = [card.keyword for card in hdu.header.cards]
            data = np.asarray(hdu.data, dtype="f8")
            hdus.append({
                "name": hdu.name,
                "shape": list(data.shape),
                "sum": float(np.nansum(data)),
                "nan": int(np.isnan(data).sum()),
                "keywords": keywords,
                "values": {card.keyword: card.value for card in hdu.header.cards
                           if isinstance(card.value, (str, int, float, bool)) and card.keyword not in ("CHECKSUM", "DATASUM", "COMMENT", "HISTORY", "")},
            })
    result["files"][name] = {"sha256": hashlib.sha256(raw).hexdigest(), "hdus": hdus}
json.dump(result, sys.stdout, indent=0)
