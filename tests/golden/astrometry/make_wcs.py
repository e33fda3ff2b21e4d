"""World coordinates by astropy.wcs (wcslib), for tests/science/astrometry/wcs.

    python3 tests/golden/astrometry/make_wcs.py

Writes wcs-headers.json (headers of files beside the repository: places only, named by file and HDU) and wcs-made.json (headers made here,
every projection with several parameters and turns, every distortion: the cards and places of the whole sky).
Made with the versions that the files name.
"""

import glob
import json
import os
import re
import warnings

import astropy
import numpy as np
from astropy.io import fits
from astropy.wcs import WCS

warnings.simplefilter("ignore")
HERE = os.path.dirname(os.path.abspath(__file__))
SHARED = os.path.join(HERE, "../../../../shared/data")
VERSIONS = {
    "astropy": astropy.__version__,
    # wcslib names itself in the headers that it writes.
    "wcslib": re.search(r"WCSLIB ([0-9.]+)", WCS(naxis=2).wcs.to_header()).group(1),
    "numpy": np.__version__,
}


def clean(array):
    return [[None if not np.isfinite(v) else float(v) for v in row] for row in array]


def sky_of(w, pixels):
    """RA/DEC order of the celestial axes, whatever their order in the header."""
    out = w.all_pix2world(pixels, 1)
    return np.column_stack([out[:, w.wcs.lng], out[:, w.wcs.lat]])


def open_wcs(header, hdus=None):
    w = WCS(header, hdus) if hdus is not None else WCS(header)
    if w.naxis > 2:
        w = w.sub([int(a) + 1 for a in sorted((w.wcs.lng, w.wcs.lat))])
        w.wcs.set()
    return w


def grid(nx, ny):
    fractions = [0, 0.137, 0.5, 0.861, 1]
    return np.array([[1 + f * (nx - 1), 1 + g * (ny - 1)] for f in fractions for g in fractions])


def try_header(name, hdu, header, hdus):
    try:
        w = open_wcs(header, hdus)
        w.wcs.set()
        if w.wcs.lng < 0:
            return None
    except Exception as error:  # noqa: BLE001
        return {"file": name, "hdu": hdu, "error": str(error).strip().split("\n")[-1][:160]}
    nx, ny = int(header.get("NAXIS1") or 0), int(header.get("NAXIS2") or 0)
    # A header without data lies anywhere: take the surroundings of the reference pixel.
    if nx < 2 or ny < 2:
        nx, ny = 1000, 1000
    pixels = grid(nx, ny)
    return {
        "file": name,
        "hdu": hdu,
        "ctype": [str(c) for c in w.wcs.ctype],
        "pixels": clean(pixels),
        "world": clean(sky_of(w, pixels)),
    }


def headers():
    cases = []
    root = os.path.join(SHARED, "wcs_torture", "astropy")
    files = sorted(glob.glob(root + "/**/*", recursive=True))
    files += [os.path.join(SHARED, f) for f in REAL]
    for path in files:
        name = os.path.relpath(path, SHARED)
        if path.endswith(".hdr"):
            data = open(path, "rb").read().decode("latin1")
            try:
                header = (
                    fits.Header.fromstring(data, sep="\n")
                    if "\n" in data[:81]
                    else fits.Header.fromstring(data)
                )
            except Exception:  # noqa: BLE001
                continue
            cases.append(try_header(name, 0, header, None))
        elif path.endswith((".fits", ".fits.gz")):
            with fits.open(path) as hdus:
                for k, hdu in enumerate(hdus):
                    if "CTYPE1" in hdu.header:
                        cases.append(try_header(name, k, hdu.header, hdus))
    return [c for c in cases if c is not None]


REAL = [
    "m37_cmd/m37_b.fits.gz",
    "m37_cmd/m37_v.fits.gz",
    "misc_images/gc_2mass_h.fits.gz",
    "misc_images/gc_2mass_j.fits.gz",
    "misc_images/gc_2mass_k.fits.gz",
    "fits_torture/astropy_compressed/m13.fits",
    "transit_lightcurves/hlsp_tess-data-alerts_tess_phot_00025155310-s01_tess_v1_lc.fits.gz",
    "transit_lightcurves/kplr010666592-2009131110544_slc.fits.gz",
]


# --- headers made here -----------------------------------------------------------------------------------------------------------------

PARAMETERS = {
    "AZP": [{}, {"PV2_1": 2.0, "PV2_2": 30.0}, {"PV2_1": 0.5, "PV2_2": 20.0}],
    "SZP": [{"PV2_1": 2.0, "PV2_2": 180.0, "PV2_3": 60.0}, {"PV2_1": 0.4, "PV2_2": 35.0, "PV2_3": 75.0}],
    "TAN": [{}],
    "STG": [{}],
    "SIN": [{}, {"PV2_1": 0.2, "PV2_2": -0.3}],
    "ARC": [{}],
    "ZPN": [{"PV2_1": 1.0, "PV2_3": 0.1, "PV2_5": -0.02}, {"PV2_0": 0.05, "PV2_1": 0.975, "PV2_2": -0.807, "PV2_3": 0.337}],
    "ZEA": [{}],
    "AIR": [{}, {"PV2_1": 45.0}],
    "CYP": [{"PV2_1": 1.0, "PV2_2": 0.70710678}, {"PV2_1": 3.0, "PV2_2": 0.5}],
    "CEA": [{"PV2_1": 1.0}, {"PV2_1": 0.75}],
    "CAR": [{}],
    "MER": [{}],
    "SFL": [{}],
    "PAR": [{}],
    "MOL": [{}],
    "AIT": [{}],
    "COP": [{"PV2_1": 45.0, "PV2_2": 25.0}, {"PV2_1": -30.0}],
    "COE": [{"PV2_1": 45.0, "PV2_2": 25.0}, {"PV2_1": -45.0, "PV2_2": 10.0}],
    "COD": [{"PV2_1": 45.0, "PV2_2": 25.0}, {"PV2_1": -60.0}],
    "COO": [{"PV2_1": 45.0, "PV2_2": 25.0}, {"PV2_1": -35.0}],
    "BON": [{"PV2_1": 45.0}, {"PV2_1": -25.0}],
    "PCO": [{}],
    "TSC": [{}],
    "CSC": [{}],
    "QSC": [{}],
    "HPX": [{}, {"PV2_1": 6.0, "PV2_2": 4.0}],
    "XPH": [{}],
}

TURNS = [
    {"CRVAL1": 0.0, "CRVAL2": 0.0},
    {"CRVAL1": 266.4, "CRVAL2": -28.9, "LONPOLE": 180.0, "LATPOLE": 30.0},
    {"CRVAL1": 120.0, "CRVAL2": 20.0, "LONPOLE": 150.0, "LATPOLE": -10.0},
    {"CRVAL1": 33.0, "CRVAL2": 90.0},
    {"CRVAL1": 33.0, "CRVAL2": 10.0, "LONPOLE": 60.0, "LATPOLE": 50.0, "PV1_1": 0.0, "PV1_2": 0.0},
    {"CRVAL1": 310.0, "CRVAL2": 12.0, "PV1_0": 1.0, "PV1_1": 15.0, "PV1_2": 20.0},
]


def base(first, second):
    return {
        "CTYPE1": first,
        "CTYPE2": second,
        "CRPIX1": 100.5,
        "CRPIX2": 80.25,
        "CDELT1": -1.5,
        "CDELT2": 1.5,
    }


def sky_places():
    places = [[lon, lat] for lon in range(0, 360, 40) for lat in (-90, -89.5, -61, -30, -1.5, 0, 17, 44, 75, 89.99, 90)]
    return np.array([[lon + 3.7, float(lat)] for lon, lat in places])


def make_header(cards):
    header = fits.Header()
    for keyword, value in cards.items():
        header[keyword] = value
    return header


def drop_wrong(w, pixels, world):
    """Pixels whose sky astropy itself puts elsewhere and sees as another place there (wcslib 8.6: HPX with PVi_0) are no oracle."""
    again = w.all_pix2world(w.wcs_world2pix(world, 1), 1)
    turn = np.radians(again - world)
    lat = np.radians(world[:, w.wcs.lat])
    away = np.hypot(turn[:, w.wcs.lat], np.sin(turn[:, w.wcs.lng] / 2) * np.cos(lat))
    right = ~np.isfinite(world[:, 0]) | (away < (1e-3 if "CSC" in w.wcs.ctype[0] else 1e-7))
    if "HPX" in w.wcs.ctype[0]:
        # Nor are those that it refuses there.
        right &= np.isfinite(world[:, 0])
    return pixels[right], world[right]


def ask(name, cards, hdus=None, places=None, pixels=None):
    """Pixels around the map to the sky, and places of the sky to pixels (1-based); null where there is no answer."""
    try:
        w = open_wcs(make_header(cards), hdus)
        w.wcs.set()
    except Exception as error:  # noqa: BLE001
        return {"name": name, "cards": cards, "error": str(error).strip().split("\n")[-1][:160]}
    if pixels is None:
        xs = np.linspace(-21.3, 222.7, 9)
        ys = np.linspace(-13.1, 171.9, 7)
        pixels = np.array([[x, y] for x in xs for y in ys])
    result = {"name": name, "cards": cards}
    if places is None:
        result["pixels"], result["world"] = clean(pixels), clean(sky_of(w, pixels))
    else:
        pixels, world = drop_wrong(w, pixels, w.wcs_pix2world(pixels, 1))
        result["pixels"], result["world"] = clean(pixels), clean(world)
        result["places"] = clean(places)
        columns = [w.wcs.lng, w.wcs.lat]
        ordered = np.empty_like(places)
        ordered[:, columns[0]] = places[:, 0]
        ordered[:, columns[1]] = places[:, 1]
        found = w.wcs_world2pix(ordered, 1)
        # What does not come back is the wrong side of a cone, a horizon, or a pole that is a line.
        again = w.wcs_pix2world(found, 1)
        turn = np.radians(again - ordered)
        away = np.hypot(turn[:, columns[1]], np.sin(turn[:, columns[0]] / 2) * np.cos(np.radians(ordered[:, columns[1]])))
        lost = np.isfinite(found[:, 0]) & ~((np.abs(found) < 1e6).all(axis=1) & (away < (1e-3 if "CSC" in w.wcs.ctype[0] else 1e-8)))
        result["places"], result["found"] = clean(places[~lost]), clean(found[~lost])
    return result


def projections():
    cases = []
    for code, variants in PARAMETERS.items():
        for v, parameters in enumerate(variants):
            for t, turn in enumerate(TURNS):
                if v > 0 and t not in (1, 5):
                    continue
                cards = {**base(f"RA---{code}", f"DEC--{code}"), **parameters, **turn}
                case = ask(f"{code} {v} {t}", cards, places=sky_places()[t % 3 :: 3])
                for key in ("pixels", "world"):
                    if key in case:
                        case[key] = case[key][t % 2 :: 2]
                cases.append(case)
    return cases


SMALL = {
    "CRPIX1": 512.5,
    "CRPIX2": 400.5,
    "CRVAL1": 83.8,
    "CRVAL2": -5.4,
    "CD1_1": -2.1e-4,
    "CD1_2": 1.1e-5,
    "CD2_1": 1.2e-5,
    "CD2_2": 2.0e-4,
}


def small_pixels():
    return np.array([[x, y] for x in (1, 250.25, 512.5, 700.1, 1024) for y in (1, 199.9, 400.5, 801)], dtype=float)


def surface(kind, cross, scale, seed):
    rng = np.random.default_rng(seed)
    xorder, yorder = 4, 3
    rows = [xorder if j == 0 or cross == 1 else (1 if cross == 0 else min(xorder, max(xorder, yorder) - j)) for j in range(yorder)]
    numbers = rng.normal(size=sum(rows)) * scale
    return " ".join(
        [f"{kind}. {xorder}. {yorder}. {cross}.", "-0.15 0.16 -0.12 0.11"] + [f"{v:.12g}" for v in numbers]
    )


def wat(axis, text):
    return {f"WAT{axis}_{k + 1:03d}": text[68 * k : 68 * k + 68] for k in range((len(text) + 67) // 68)}


def iraf(kind, cross, projection="tnx", extra=""):
    cards = {**SMALL, "CTYPE1": f"RA---{projection.upper()}", "CTYPE2": f"DEC--{projection.upper()}", "WAT0_001": "system=image"}
    for axis, name, axtype in ((1, "lngcor", "ra"), (2, "latcor", "dec")):
        text = f'wtype={projection} axtype={axtype} {extra}{name} = "{surface(kind, cross, 2e-4, axis + 10 * kind + cross)}"'
        cards.update(wat(axis, text))
    return cards


def evaluate(kind, cross, text, xi, eta):
    """numpy's own polynomials on what the text of a surface says; wcslib of these versions refuses the cards."""
    numbers = [float(v) for v in text.split()]
    xorder, yorder = int(numbers[1]), int(numbers[2])
    matrix = np.zeros((xorder, yorder))
    rest = numbers[8:]
    for j in range(yorder):
        for i in range(xorder):
            if j == 0 or i == 0 or cross == 1 or (cross == 2 and i + j < max(xorder, yorder)):
                matrix[i, j] = rest.pop(0)
    assert not rest
    x0, x1, y0, y1 = numbers[4:8]
    if kind == 3:
        return np.polynomial.polynomial.polyval2d(xi, eta, matrix)
    function = np.polynomial.chebyshev.chebval2d if kind == 1 else np.polynomial.legendre.legval2d
    return function((2 * xi - x0 - x1) / (x1 - x0), (2 * eta - y0 - y1) / (y1 - y0), matrix)


def ask_iraf(name, kind, cross, projection="tnx", extra="", parameters=None):
    cards = iraf(kind, cross, projection, extra)
    pixels = small_pixels()
    u, v = pixels[:, 0] - SMALL["CRPIX1"], pixels[:, 1] - SMALL["CRPIX2"]
    xi = SMALL["CD1_1"] * u + SMALL["CD1_2"] * v
    eta = SMALL["CD2_1"] * u + SMALL["CD2_2"] * v
    moved = [
        value + evaluate(kind, cross, surface(kind, cross, 2e-4, axis + 10 * kind + cross), xi, eta)
        for axis, value in ((1, xi), (2, eta))
    ]
    code = "TAN" if projection == "tnx" else "ZPN"
    plain = {
        "CTYPE1": f"RA---{code}",
        "CTYPE2": f"DEC--{code}",
        "CRPIX1": 0.0,
        "CRPIX2": 0.0,
        "CRVAL1": SMALL["CRVAL1"],
        "CRVAL2": SMALL["CRVAL2"],
        "CDELT1": 1.0,
        "CDELT2": 1.0,
        **(parameters or {}),
    }
    w = WCS(make_header(plain))
    return {"name": name, "cards": cards, "pixels": clean(pixels), "world": clean(w.wcs_pix2world(np.column_stack(moved), 1))}


def sip(order, inverse):
    rng = np.random.default_rng(order)
    cards = {**SMALL, "CTYPE1": "RA---TAN-SIP", "CTYPE2": "DEC--TAN-SIP"}
    for name in ("A", "B"):
        cards[f"{name}_ORDER"] = order
        for p in range(order + 1):
            for q in range(order + 1 - p):
                if p + q >= 2:
                    cards[f"{name}_{p}_{q}"] = float(rng.normal() * 3.0 / 600 ** (p + q))
    if inverse:
        for name in ("A", "B"):
            cards[f"{name}P_ORDER"] = 2
            for p, q in ((2, 0), (1, 1), (0, 2)):
                cards[f"{name}P_{p}_{q}"] = -cards[f"{name}_{p}_{q}"]
    return cards


def tpv(most):
    rng = np.random.default_rng(most)
    cards = {**SMALL, "CTYPE1": "RA---TPV", "CTYPE2": "DEC--TPV"}
    for axis in (1, 2):
        for m in range(most + 1):
            cards[f"PV{axis}_{m}"] = float(rng.normal() * 1e-3 + (m == 1))
    return cards


def tables():
    """A table as CPDIS and one as D2IM with steps that are not one; the arrays go into the golden too."""
    rng = np.random.default_rng(7)
    made = []
    hdus = fits.HDUList([fits.PrimaryHDU()])
    for name, version, step, origin, reference in (
        ("WCSDVARR", 1, (128.0, 100.0), (1.0, 1.0), (1.0, 1.0)),
        ("WCSDVARR", 2, (128.0, 100.0), (20.0, -30.0), (1.5, 2.0)),
        ("D2IMARR", 1, (64.0, 64.0), (0.0, 0.0), (0.0, 0.0)),
    ):
        values = rng.normal(size=(9, 11)).astype("f4")
        hdu = fits.ImageHDU(values, name=name, ver=version)
        for axis in (0, 1):
            hdu.header[f"CRPIX{axis + 1}"] = reference[axis]
            hdu.header[f"CRVAL{axis + 1}"] = origin[axis]
            hdu.header[f"CDELT{axis + 1}"] = step[axis]
        hdus.append(hdu)
        made.append(
            {
                "name": name,
                "version": version,
                "step": step,
                "origin": origin,
                "reference": reference,
                "width": 11,
                "height": 9,
                "values": [float(v) for v in values.ravel()],
            }
        )
    return hdus, made


def table_cards(detector, lookup):
    cards = dict(sip(3, False))
    records = []
    for kind, record, axes in (("D2IMDIS", "D2IM", detector), ("CPDIS", "DP", lookup)):
        for axis, version in axes:
            cards[f"{kind}{axis}"] = "Lookup"
            for field, value in (("EXTVER", version), ("NAXES", 2), ("AXIS.1", 1), ("AXIS.2", 2)):
                records.append([f"{record}{axis}", f"{field}: {value}.0"])
    return cards, records


def lookups():
    hdus, made = tables()
    cases = []
    for name, detector, lookup in (
        ("CPDIS on both axes", [], [(1, 1), (2, 2)]),
        ("D2IM on the first axis", [(1, 1)], []),
        ("D2IM on the second axis and CPDIS on both, their versions crossed", [(2, 1)], [(1, 2), (2, 1)]),
    ):
        cards, records = table_cards(detector, lookup)
        header = make_header(cards)
        for keyword, text in records:
            header.append((keyword, text), end=True)
        w = WCS(header, hdus)
        pixels = small_pixels() + [0.3, 0.2]
        cases.append(
            {
                "name": name,
                "cards": cards,
                "records": records,
                "pixels": clean(pixels),
                "world": clean(w.all_pix2world(pixels, 1)),
            }
        )
    return {"tables": made, "cases": cases}


def distortions():
    plan = {
        "TPV to m = 10": tpv(10),
        "TPV to m = 39": tpv(39),
        "TAN with a polynomial in PV": {**tpv(10), "CTYPE1": "RA---TAN", "CTYPE2": "DEC--TAN"},
        "SIP of order 2": sip(2, False),
        "SIP of order 9": sip(9, False),
        "SIP of order 4 with its inverse": sip(4, True),
        "SIP on SIN": {**sip(3, False), "CTYPE1": "RA---SIN-SIP", "CTYPE2": "DEC--SIN-SIP"},
    }
    forms = {
        "CROTA2": {"CDELT1": -2e-4, "CDELT2": 3e-4, "CROTA2": 27.5},
        "PC": {"CDELT1": -2e-4, "CDELT2": 3e-4, "PC1_1": 0.9, "PC1_2": -0.2, "PC2_1": 0.3, "PC2_2": 1.1},
        "PC with defaults": {"CDELT1": -2e-4, "CDELT2": 3e-4, "PC1_2": -0.2},
        "arcminutes": {"CDELT1": -0.02, "CDELT2": 0.03, "CUNIT1": "arcmin", "CUNIT2": "arcmin", "CRVAL1": 4980.0, "CRVAL2": 1200.0},
        "latitude first": {"CTYPE1": "DEC--TAN", "CTYPE2": "RA---TAN", "CRVAL1": 22.0, "CRVAL2": 310.0, "CDELT1": 2e-4, "CDELT2": -3e-4, "CROTA1": 12.0},
        "galactic CAR": {"CTYPE1": "GLON-CAR", "CTYPE2": "GLAT-CAR", "CDELT1": -0.01, "CDELT2": 0.01, "CRVAL2": 0.0},
        "GLS": {"CTYPE1": "RA---GLS", "CTYPE2": "DEC--GLS", "CDELT1": -0.01, "CDELT2": 0.01, "CRVAL2": 34.0},
        "NCP": {"CTYPE1": "RA---NCP", "CTYPE2": "DEC--NCP", "CDELT1": -0.01, "CDELT2": 0.01, "CRVAL2": 52.0},
        "pole of the header's own": {"CDELT1": -2e-4, "CDELT2": 3e-4, "LONPOLE": 33.0},
    }
    for name, form in forms.items():
        linear = {k: v for k, v in SMALL.items() if not k.startswith("CD")}
        plan[name] = {"CTYPE1": "RA---TAN", "CTYPE2": "DEC--TAN", **linear, **form}
    cases = [ask(name, cards, pixels=small_pixels()) for name, cards in plan.items()]
    for kind, title in ((1, "Chebyshev"), (2, "Legendre"), (3, "polynomial")):
        for cross in (0, 1, 2):
            cases.append(ask_iraf(f"TNX {title} {cross}", kind, cross))
    extra = "projp0=0. projp1=1. projp2=0. projp3=337.74 projp4=0. projp5=632052. "
    radius = {"PV2_1": 1.0, "PV2_3": 337.74, "PV2_5": 632052.0}
    cases.append(ask_iraf("ZPX", 3, 2, "zpx", extra, radius))
    return cases


def main():
    def write(name, content):
        with open(os.path.join(HERE, name), "w") as file:
            json.dump({"versions": VERSIONS, **content}, file, separators=(",", ":"))
            file.write("\n")

    write("wcs-headers.json", {"cases": headers()})
    write("wcs-made.json", {"projections": projections(), "distortions": distortions(), "lookups": lookups()})


if __name__ == "__main__":
    main()
