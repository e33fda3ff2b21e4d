"""Tables as astropy writes them in ECSV, VOTable and CSV, and what is in them.

Run: python3 -W ignore make_read_tables.py > read-tables.json
"""
import base64
import io
import json
import pathlib
import sys

import astropy
import numpy as np
from astropy.io.votable import from_table, writeto
from astropy.table import MaskedColumn, Table

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "fits"))
from table_canon import cell

rng = np.random.default_rng(77)
n = 6
table = Table()
table["id"] = np.array([1, 2, 3, 2**53 + 1, -(2**62), 0], dtype="int64")
table["short"] = np.array([1, -2, 3, 4, 5, -32768], dtype="int16")
table["byte"] = np.arange(250, 256, dtype="uint8")
table["name"] = ["M 31", 'he said "no"', "a,b;c", "", "émile", "<&>"]
table["mag"] = rng.normal(size=n)
table["mag"].unit = "mag"
table["mag"].description = "a magnitude, with: a colon"
table["single"] = np.array([1.5, np.nan, -np.inf, np.inf, 1e-30, 0], dtype="float32")
table["flag"] = [True, False, True, True, False, False]
table["flux"] = MaskedColumn(rng.normal(size=n), mask=[0, 1, 0, 0, 1, 0], unit="electron / s")
table["count"] = MaskedColumn(np.arange(n, dtype="int32"), mask=[0, 0, 1, 0, 0, 0])
table["pair"] = rng.normal(size=(n, 2))
table["cube"] = rng.integers(0, 99, (n, 2, 3))
table.meta["title"] = "things: that {are} there"

unusual = Table()
unusual["z"] = (rng.normal(size=n) + 1j * rng.normal(size=n)).astype("complex128")
unusual["words"] = ["one two", "", "x", "y", "z", '"']
cases = []


def texts_of(source, names=None):
    columns = []
    for column in source.itercols():
        texts = []
        for row in range(len(source)):
            value = column[row]
            texts.append("n" if value is np.ma.masked or getattr(value, "mask", False) is True else cell(value, ""))
        columns.append({"name": column.name, "unit": str(column.unit) if column.unit else None, "cells": texts})
    return columns


def add(name, kind, raw, source, **more):
    cases.append({"name": name, "kind": kind, "file": base64.b64encode(raw).decode(), "columns": texts_of(source), **more})


def written(source, **how):
    buffer = io.StringIO()
    source.write(buffer, **how)
    return buffer.getvalue().encode("utf8")


# An empty text is a missing one in ECSV and CSV.
plain = table.copy()
plain["name"] = MaskedColumn(plain["name"], mask=[value == "" for value in plain["name"]])
add("ECSV", "ecsv", written(plain, format="ascii.ecsv"), plain)
add("ECSV with commas", "ecsv", written(plain, format="ascii.ecsv", delimiter=","), plain)
strange = unusual.copy()
strange["words"] = MaskedColumn(strange["words"], mask=[value == "" for value in strange["words"]])
add("ECSV, complex numbers", "ecsv", written(strange, format="ascii.ecsv"), strange)
ragged = Table({"id": np.arange(3), "list": np.array([[1, 2], [3], [2**60, 4, 5]], dtype=object)})
add("ECSV, lists of any length", "ecsv", written(ragged, format="ascii.ecsv"), ragged)
# Objects stay as their JSON.
cases[-1]["columns"][1]["cells"] = ["s[1,2]", "s[3]", f"s[{2**60},4,5]"]

ragged_floats = np.empty(3, dtype=object)
for index, values in enumerate(([1.5, 2], [3.0], [4.0, 5, 6])):
    ragged_floats[index] = np.ma.array(values, mask=[False] * len(values))
for form in ("tabledata", "binary", "binary2"):
    document = from_table(table)
    next(field for field in document.get_first_table().fields if field.name == "count").values.null = -999
    buffer = io.BytesIO()
    document.get_first_table().format = form
    writeto(document, buffer)
    add(f"VOTable {form}", "votable", buffer.getvalue(), table)
    if form == "binary":
        # There a float without a value is NaN.
        cases[-1]["columns"][7]["cells"] = [text.replace("n", "fnan") if text == "n" else text for text in cases[-1]["columns"][7]["cells"]]
    document = from_table(unusual)
    document.get_first_table().format = form
    buffer = io.BytesIO()
    writeto(document, buffer)
    add(f"VOTable {form}, complex numbers", "votable", buffer.getvalue(), unusual)
    document = from_table(Table({"id": np.arange(3), "list": ragged_floats, "word": np.array(["a", "bcd", "ef"], dtype=object)}))
    document.get_first_table().format = form
    buffer = io.BytesIO()
    writeto(document, buffer)
    from astropy.io.votable import parse
    back = parse(io.BytesIO(buffer.getvalue())).get_first_table().array
    cases.append({"name": f"VOTable {form}, cells of any length", "kind": "votable", "file": base64.b64encode(buffer.getvalue()).decode(),
                  "columns": [{"name": name, "unit": None, "cells": [cell(np.asarray(value) if np.ndim(value) else value, "") for value in back[name].data]} for name in back.dtype.names]})

scalars = plain["id", "short", "name", "mag", "flag", "flux", "count"]
add("CSV", "csv", written(scalars, format="ascii.csv"), scalars)
for letter, delimiter in (("tabs", "\t"), ("bars", "|"), ("semicolons", ";")):
    add(f"CSV with {letter}", "csv", written(scalars, format="ascii.csv", delimiter=delimiter), scalars)
json.dump({"command": "python3 -W ignore make_read_tables.py > read-tables.json", "astropy": astropy.__version__, "cases": cases}, sys.stdout, indent=0)
