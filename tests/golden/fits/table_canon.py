"""Cells of FITS tables as text that two languages write alike, so that whole tables are compared by a hash."""
import hashlib
import struct

import numpy as np


def number(value):
    value = float(value)
    return "fnan" if value != value else "f" + struct.pack(">d", value + 0.0 if value else 0.0).hex()


def element(value, kind):
    if value is None:
        return "n"
    if kind == "L":
        # Read as bytes: T, F, and anything else has no value. A byte of 1 is what some writers mean by T.
        byte = value if isinstance(value, bytes) else bytes([int(value)]) if not isinstance(value, np.bytes_) else bytes(value)
        return "T" if byte in (b"T", b"\x01") else "F" if byte == b"F" else "n"
    if kind == "X" or isinstance(value, (bool, np.bool_)):
        return "T" if value else "F"
    if isinstance(value, (int, np.integer)):
        return str(int(value))
    if isinstance(value, (complex, np.complexfloating)):
        return number(value.real) + "," + number(value.imag)
    if isinstance(value, (float, np.floating)):
        return number(value)
    if isinstance(value, (bytes, np.bytes_)):
        value = bytes(value).split(b"\0")[0].decode("latin1")
    return "s" + str(value).split("\0")[0].rstrip(" ")


def cell(value, kind):
    if isinstance(value, (np.ndarray, list, tuple)) and np.ndim(value) > 0:
        return "[" + ",".join(element(each, kind) for each in np.asarray(value).ravel()) + "]"
    text = element(value, kind)
    return "[" + text + "]" if "," in text and not text.startswith("s") else text


def columns_of(hdu):
    """Name, unit, number of cells that are shown, and hash of every cell's text, column by column."""
    ascii_table = type(hdu).__name__ == "TableHDU"
    for index, column in enumerate(hdu.columns):
        form = column.format
        kind = "" if ascii_table else form.lstrip("0123456789")[:1]
        if kind in ("P", "Q"):
            kind = form.lstrip("0123456789")[1:2]
        field = [] if hdu.data is None else hdu.data.field(index)
        raw = [] if hdu.data is None else hdu.data.view(np.ndarray)[column.name]
        texts = []
        for row in range(0 if hdu.data is None else len(hdu.data)):
            value = field[row]
            if ascii_table and column.null not in (None, "") and bytes(raw[row]).decode("latin1").strip() == str(column.null).strip():
                value = None
            elif column.null not in (None, "") and not ascii_table and kind in "BIJK" and "P" not in form and "Q" not in form:
                stored, shown = np.atleast_1d(raw[row]), np.atleast_1d(value)
                flags = stored.ravel() == int(column.null)
                cells = [None if flag else each for flag, each in zip(flags, shown.ravel())]
                texts.append("[" + ",".join(element(each, kind) for each in cells) + "]" if np.ndim(value) else element(cells[0], kind))
                continue
            if kind in "BIJK" and not ascii_table and column.bscale in (None, "", 1) and float(column.bzero or 0).is_integer() and np.ndim(value) == 0:
                # Whole numbers with a whole TZERO are whole numbers, whatever type they are given.
                value = int(value)
            texts.append(cell(value, kind))
        joined = ";".join(texts)
        yield {"name": column.name, "form": form, "unit": column.unit, "first": texts[0][:120] if texts else None,
               "hash": hashlib.sha256(joined.encode("utf8")).hexdigest()}
