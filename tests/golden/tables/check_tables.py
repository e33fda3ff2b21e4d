"""Reads tables that the writers made with astropy, warnings as errors, and stores what it read.

Run: WRITE_TABLES_TO=FOLDER npx vitest run --project node tests/science/tables/write, then: python3 check_tables.py FOLDER > written.json
VOTables have to pass astropy's parser with verify='exception' (and its schema, where xmllint is there); FITS tables verify('exception'),
both checksums and, where it is installed, fitsverify without a warning.
"""
import hashlib
import json
import os
import shutil
import subprocess
import sys
import warnings

import astropy
import numpy as np
from astropy.io import fits, votable
from astropy.table import Table
from astropy.time import Time

warnings.simplefilter("error")


def plain(value):
    if value is np.ma.masked or (isinstance(value, np.ma.core.MaskedConstant)):
        return None
    if isinstance(value, np.ma.MaskedArray):
        return [plain(each) for each in value]
    if isinstance(value, (np.ndarray, list, tuple)):
        return [plain(each) for each in value]
    if isinstance(value, (bytes, np.bytes_)):
        return value.decode()
    if isinstance(value, (complex, np.complexfloating)):
        return [repr(float(value.real)), repr(float(value.imag))]
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, (float, np.floating)):
        return repr(float(value))
    if isinstance(value, (int, np.integer)):
        return str(int(value))
    return str(value)


def describe(table):
    columns = []
    for name in table.colnames:
        column = table[name]
        if isinstance(column, Time):
            columns.append({"name": name, "scale": column.scale, "values": [
                None if missing else repr(float(each))
                for each, missing in zip(np.asarray(getattr(column.jd, "unmasked", column.jd)), np.broadcast_to(column.mask, len(column)))]})
            continue
        columns.append({
            "name": name,
            "dtype": str(column.dtype),
            "unit": None if column.unit is None else str(column.unit),
            "description": column.description or "",
            "values": [plain(column[row]) for row in range(len(column))],
        })
    return columns


def read_ecsv(path):
    return Table.read(path, format="ascii.ecsv")


def read_csv(path):
    return Table.read(path, format="ascii.csv", comment="#")


def read_votable(path):
    file = votable.parse(path, verify="exception")
    schema = os.path.join(os.path.dirname(votable.__file__), "data", "VOTable.v1.4.xsd")
    if shutil.which("xmllint"):
        subprocess.run(["xmllint", "--noout", "--nonet", "--schema", schema, path], check=True, capture_output=True)
    for field in file.get_first_table().fields:
        if field.ucd is not None:
            assert votable.ucd.check_ucd(field.ucd, check_controlled_vocabulary=True), (path, field.ucd)
            result["ucds"].add(field.ucd)
    return file.get_first_table().to_table()


def read_fits(path):
    with fits.open(path, checksum=True) as hdul:
        hdul.verify("exception")
        for hdu in hdul:
            assert hdu.verify_checksum() == 1 and hdu.verify_datasum() == 1, path
    if shutil.which("fitsverify"):
        said = subprocess.run(["fitsverify", path], capture_output=True, text=True).stdout
        assert "0 warning(s) and 0 error(s)" in said, said
    return Table.read(path, hdu=1, astropy_native=True)


READERS = {".ecsv": read_ecsv, ".csv": read_csv, ".vot": read_votable, ".fits": read_fits}
result = {
    "command": "python3 check_tables.py FOLDER > written.json",
    "astropy": astropy.__version__,
    "fitsverify": bool(shutil.which("fitsverify")),
    "xmllint": bool(shutil.which("xmllint")),
    "ucds": set(),
    "files": {},
}
for name in sorted(os.listdir(sys.argv[1])):
    path = os.path.join(sys.argv[1], name)
    with open(path, "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    columns = describe(READERS[os.path.splitext(name)[1]](path))
    # Those of the facts change with every column that is added: of them the UCDs are kept.
    if not name.startswith("facts-"):
        result["files"][name] = {"sha256": digest, "columns": columns}
result["ucds"] = sorted(result["ucds"])
json.dump(result, sys.stdout, indent=0)
