"""Golden values for web/science/colour. Run: python3 make_debayer.py > debayer.json

Bilinear: colour-demosaicing (demosaicing_CFA_Bayer_bilinear), inside of the frame, where no rule of edges matters.
Variable number of gradients: OpenCV (COLOR_Bayer*2RGB_VNG), which follows the same paper on 8-bit values with its own rounding and
its own sums at green pixels; a scene with edges is compared to within that.
"""
import json
import sys

import colour_demosaicing
import cv2
import numpy as np

WIDTH, HEIGHT = 28, 24
OPENCV = {"RGGB": cv2.COLOR_BayerRGGB2RGB_VNG, "BGGR": cv2.COLOR_BayerBGGR2RGB_VNG, "GRBG": cv2.COLOR_BayerGRBG2RGB_VNG, "GBRG": cv2.COLOR_BayerGBRG2RGB_VNG}


def noise(i):
    """A hash of the pixel's index: 0 to 1, the same in Python and TypeScript."""
    x = (i * 2654435761) & 0xFFFFFFFF
    x ^= x >> 15
    x = (x * 2246822519) & 0xFFFFFFFF
    x ^= x >> 13
    return x / 4294967296


def scene():
    """Red, green and blue of a picture with edges in several directions, whole numbers of 8 bits."""
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    disc = (x - 16) ** 2 + (y - 12) ** 2 < 40
    bar = (x + y) % 24 < 9
    base = 40 + x + y // 2
    picture = np.stack([base + 60 * disc + 20 * bar, base + 30 * disc + 50 * bar, base + 10 * disc + 70 * bar], -1)
    return np.clip(picture, 0, 255).astype(np.uint8)


def mosaic(picture, pattern):
    plane = np.zeros(picture.shape[:2], picture.dtype)
    for place, letter in enumerate(pattern):
        plane[place // 2::2, place % 2::2] = picture[place // 2::2, place % 2::2, "RGB".index(letter)]
    return plane


random = np.array([noise(i) for i in range(WIDTH * HEIGHT)]).reshape(HEIGHT, WIDTH) * 1000
inside = (slice(3, -3), slice(3, -3))
out = dict(made="python3 make_debayer.py > debayer.json", versions=dict(python=sys.version.split()[0], numpy=np.__version__,
           colour_demosaicing=colour_demosaicing.__version__, opencv=cv2.__version__), width=WIDTH, height=HEIGHT, patterns=[])
for pattern in ("RGGB", "BGGR", "GRBG", "GBRG"):
    linear = colour_demosaicing.demosaicing_CFA_Bayer_bilinear(random, pattern)
    vng = cv2.cvtColor(mosaic(scene(), pattern), OPENCV[pattern])
    out["patterns"].append(dict(pattern=pattern, bilinear=[linear[inside][..., c].ravel().round(6).tolist() for c in range(3)],
                                vng=[vng[inside][..., c].ravel().tolist() for c in range(3)]))
json.dump(out, sys.stdout)
