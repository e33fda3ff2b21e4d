"""Every cell of every table of the awkward files, as astropy reads it, as a hash a column.

Run beside the shared data: python3 -W ignore make_torture_tables.py ../../../../shared/data/fits_torture > torture-tables.json
"""
import hashlib
import io
import json
import pathlib
import subprocess
import sys

import astropy
from astropy.io import fits

from table_canon import columns_of

root = pathlib.Path(sys.argv[1])
expected = json.load(open(root / "EXPECTED_astropy5.2.1.json"))
files = {}
for path in expected:
    if "hdus" not in expected[path] or not (root / path).exists():
        continue
    with fits.open(root / path, logical_as_bytes=True, disable_image_compression=True, memmap=False) as hdus:
        tables = {}
        for index, hdu in enumerate(hdus):
            if isinstance(hdu, (fits.BinTableHDU, fits.TableHDU)) and "ZIMAGE" not in hdu.header and "ZTABLE" not in hdu.header:
                try:
                    tables[index] = {"rows": 0 if hdu.data is None else len(hdu.data), "columns": list(columns_of(hdu))}
                except Exception as error:
                    print(path, index, repr(error), file=sys.stderr)
        if tables:
            files[path] = tables
# Old Unix compress: astropy leaves it alone, so gzip unpacks it first.
unpacked = {}
for path in sorted(root.rglob("*.Z")):
    raw = subprocess.run(["gzip", "-dc", str(path)], check=True, capture_output=True).stdout
    with fits.open(io.BytesIO(raw)) as hdus:
        shapes = [None if hdu.data is None or not hdu.is_image else list(hdu.data.shape) for hdu in hdus]
    unpacked[str(path.relative_to(root))] = {"sha256": hashlib.sha256(raw).hexdigest(), "shapes": shapes}
json.dump({"command": "python3 -W ignore make_torture_tables.py ../../../../shared/data/fits_torture > torture-tables.json",
           "astropy": astropy.__version__, "files": files, "unpacked": unpacked}, sys.stdout, indent=0)
