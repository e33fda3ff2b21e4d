"""The channels of a mosaic by slicing in numpy. Run: python3 make_split_channels.py > split-channels.json"""
import json

import numpy as np

mosaic = (np.arange(7 * 9) * 37 % 101).reshape(7, 9)
places = {(0, 0): mosaic[0:6:2, 0:8:2], (0, 1): mosaic[0:6:2, 1:8:2], (1, 0): mosaic[1:6:2, 0:8:2], (1, 1): mosaic[1:6:2, 1:8:2]}
cases = []
for pattern in ("RGGB", "BGGR", "GRBG", "GBRG"):
    at = {divmod(i, 2): letter for i, letter in enumerate(pattern)}
    red = next(p for p, letter in at.items() if letter == "R")
    blue = next(p for p, letter in at.items() if letter == "B")
    beside_red = next(p for p, letter in at.items() if letter == "G" and p[0] == red[0])
    beside_blue = next(p for p, letter in at.items() if letter == "G" and p[0] == blue[0])
    flat = lambda p: places[p].ravel().tolist()
    cases.append(dict(pattern=pattern, red=flat(red), greenOfRed=flat(beside_red), greenOfBlue=flat(beside_blue), blue=flat(blue),
                      green=(places[beside_red] + places[beside_blue]).ravel().tolist()))
print(json.dumps(dict(command="python3 make_split_channels.py > split-channels.json", versions=dict(numpy=np.__version__), width=9, height=7,
                      mosaic=mosaic.ravel().tolist(), cases=cases)))
