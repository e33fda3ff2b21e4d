"""Every card of every header of the awkward files, as astropy reads it, as a hash a header (with --full the cards themselves, to look at).

Run: python3 -W ignore make_torture_cards.py ../../../../shared/data > torture-cards.json
"""
import bz2
import gzip
import hashlib
import io
import json
import pathlib
import struct
import subprocess
import sys

import astropy
from astropy.io import fits

root = pathlib.Path(sys.argv[1])
full = "--full" in sys.argv


def number(value):
    return "f" + struct.pack(">d", float(value) + 0.0 if value else 0.0).hex()


def text_of(card):
    """Keyword, value and comment in a form that two languages write alike; only the keyword where astropy cannot read the value."""
    try:
        # Raw: astropy gives cards like `'EXTVER: 1'` a keyword and a value of its own beyond the standard's.
        keyword, value, comment = card.rawkeyword.upper(), card.rawvalue, card.comment
    except Exception:
        return [card.keyword.upper(), "?", ""]
    if card.keyword in ("COMMENT", "HISTORY", ""):
        return [card.keyword, "n", str(value).rstrip()]
    if value is None or isinstance(value, fits.card.Undefined):
        kind = "n"
    elif isinstance(value, bool):
        kind = "T" if value else "F"
    elif isinstance(value, complex):
        kind = "z" + number(value.real) + number(value.imag)
    elif isinstance(value, (int, float)):
        kind = number(value)
    else:
        kind = "s" + str(value).rstrip()
    return [keyword, kind, comment.strip()]


def open_raw(path):
    raw = path.read_bytes()
    if path.suffix == ".bz2":
        return bz2.decompress(raw)
    if path.suffix == ".gz":
        return gzip.decompress(raw)
    return subprocess.run(["gzip", "-dc", str(path)], capture_output=True).stdout if path.suffix == ".Z" else raw


def split(text):
    lines = text.replace("\r", "").split("\n") if "\n" in text[:200] else [text[at:at + 80] for at in range(0, len(text), 80)]
    lines = [line[:80].ljust(80) for line in lines]
    ends = [index for index, line in enumerate(lines) if line.rstrip() == "END"]
    lines = lines[:ends[0]] if ends else lines
    while lines and not lines[-1].strip():
        lines.pop()
    return lines


files = {}
for path in sorted([*root.glob("fits_torture/**/*"), *root.glob("wcs_torture/**/*")]):
    if not path.is_file() or path.name.startswith(("EXPECTED", "LICENSE", "validate.")) and path.suffix != ".fits" or "image/comp/" in str(path):
        continue
    name = str(path.relative_to(root))
    raw = open_raw(path)
    if path.suffix == ".hdr":
        cards = fits.Header.fromstring("".join(split(raw.decode("latin1")))).cards
        headers = [[text_of(card) for card in cards]]
    elif raw[:6] == b"SIMPLE":
        headers = []
        with fits.open(io.BytesIO(raw), disable_image_compression=True, ignore_missing_end=True) as hdus:
            try:
                count = len(hdus)
            except Exception:
                pass
            for hdu in hdus:
                headers.append([text_of(card) for card in hdu.header.cards])
    else:
        continue
    if full:
        files[name] = headers
    else:
        files[name] = [{"cards": len(cards), "unread": [index for index, card in enumerate(cards) if card[1] == "?"],
                        "hash": hashlib.sha256("\n".join("|".join(card) for card in cards).encode("utf8")).hexdigest()} for cards in headers]
json.dump({"command": "python3 -W ignore make_torture_cards.py ../../../../shared/data > torture-cards.json", "astropy": astropy.__version__, "files": files}, sys.stdout, indent=0)
