"""A header that astropy wrote, and what astropy reads from it.

Run: python3 -W ignore make_headers.py > headers.json
"""
import base64
import io
import json
import sys

import astropy
from astropy.io import fits

header = fits.Header()
header["OBJECT"] = ("O'Neill's star", "a name with quotes")
header["EMPTY"] = ("", "an empty string")
header["BLANKS"] = ("  leading kept", "")
header["UNDEF"] = (None, "no value")
header["YES"] = (True, "logical")
header["NO"] = (False, "")
header["COUNT"] = (-42, "integer")
header["FLOAT"] = (1.5e-30, "small")
header["LARGE"] = (6.02214076e23, "large")
header["TENTH"] = (0.1, "a tenth")
header["SLASH"] = ("a/b // c", "slashes / everywhere")
header["LONG"] = ("0123456789" * 30, "a string of 300 characters")
header["QUOTES"] = ("it's " * 40, "quotes where records end")
header["LONGCOM"] = ("short", "a comment that is much too long for what is left of one record of eighty characters, all told")
header["ESO DET CHIP1 ID"] = ("CCD-44", "hierarchical")
header["ESO TEL AIRM START"] = (1.234, "")
header["COMMENT"] = "A comment of one card"
header["COMMENT"] = "B " * 80
header["HISTORY"] = "dark subtracted = yes / no"
header[""] = "text without a keyword"
header["TWICE"] = (1, "first")
header.append(("TWICE", 2, "second"), bottom=True)
hdu = fits.PrimaryHDU(header=header)
buffer = io.BytesIO()
hdu.writeto(buffer)
raw = buffer.getvalue()
with fits.open(io.BytesIO(raw)) as hdul:
    cards = []
    for card in hdul[0].header.cards:
        value = None if isinstance(card.value, fits.card.Undefined) else card.value
        cards.append({"keyword": card.keyword, "value": value, "comment": card.comment})
json.dump({"command": "python3 -W ignore make_headers.py > headers.json", "astropy": astropy.__version__,
           "file": base64.b64encode(raw).decode(), "cards": cards}, sys.stdout, indent=0)
