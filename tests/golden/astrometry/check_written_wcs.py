"""What astropy.wcs reads from the cards that writeWcs writes.

    WRITE_WCS=/tmp/written.json npx vitest run --project node tests/science/astrometry/wcs/write-wcs.test.ts
    python3 tests/golden/astrometry/check_written_wcs.py /tmp/written.json

Writes written-wcs.json: the cards, and the places that astropy gives to the pixels (1-based) of the case.
"""

import json
import os
import sys
import warnings

import astropy
import numpy as np
from astropy.io import fits
from astropy.wcs import WCS

warnings.simplefilter("ignore")
HERE = os.path.dirname(os.path.abspath(__file__))


def read_cards(cards):
    return fits.Header.fromstring("".join(card.ljust(80) for card in cards))


def check(case):
    header = read_cards(case["cards"])
    hdus = fits.HDUList([fits.PrimaryHDU()])
    for extension in case["extensions"]:
        values = np.array(extension["values"], dtype="f8").reshape(extension["height"], extension["width"])
        hdus.append(fits.ImageHDU(values.astype("f4"), header=read_cards(extension["cards"])))
    w = WCS(header, hdus)
    world = w.all_pix2world(np.array(case["pixels"], dtype=float), 1)
    columns = [w.wcs.lng, w.wcs.lat]
    return {
        "name": case["name"],
        "cards": case["cards"],
        "world": [[None if not np.isfinite(v) else float(v) for v in row] for row in world[:, columns]],
    }


with open(sys.argv[1]) as file:
    cases = json.load(file)
with open(os.path.join(HERE, "written-wcs.json"), "w") as file:
    versions = {"astropy": astropy.__version__, "numpy": np.__version__}
    json.dump({"versions": versions, "cases": [check(case) for case in cases]}, file, separators=(",", ":"))
    file.write("\n")
