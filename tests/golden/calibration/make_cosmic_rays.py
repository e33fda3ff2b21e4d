"""Golden masks and cleaned pixels of astroscrappy.

    python3 make_cosmic_rays.py [folder suhora_polarimetry of the real frames] > cosmic-rays.json

The synthetic image is given by integer arithmetic, + - * / and powers of two alone, so that every language makes the very same
pixels: a seeded linear congruential generator for noise, stars of profile 1 / (1 + d^2 / 4)^4 and straight tracks.
"""
import json, sys
import astroscrappy, astropy, numpy as np
from astropy.io import fits

WIDTH, HEIGHT, SEED = 211, 163, 20010714


def lcg(seed):
    state = seed
    while True:
        state = (1664525 * state + 1013904223) % 4294967296
        yield state / 4294967296


def make_image():
    draw = lcg(SEED)
    image = np.empty((HEIGHT, WIDTH))
    for y in range(HEIGHT):
        for x in range(WIDTH):
            image[y, x] = 200 + 0.25 * x + 18 * (next(draw) + next(draw) + next(draw) - 1.5)
    yy, xx = np.mgrid[0:HEIGHT, 0:WIDTH]
    for star in range(40):
        x, y, height = next(draw) * WIDTH, next(draw) * HEIGHT, 100 + 8000 * next(draw)
        if star < 2:
            height = 400000.0
        q = 1 + ((xx - x) ** 2 + (yy - y) ** 2) / 4
        image += height / (q * q * q * q)
    image = np.minimum(image, 30000)
    for _ in range(60):
        x, y, dx, dy = next(draw) * WIDTH, next(draw) * HEIGHT, next(draw) - 0.5, next(draw) - 0.5
        height = 60 + 3000 * next(draw)
        for step in range(int(next(draw) * 14) + 1):
            i, j = int(np.floor(x + step * dx)), int(np.floor(y + step * dy))
            if 0 <= i < WIDTH and 0 <= j < HEIGHT:
                image[j, i] += height
    # One hit so broad that the window of its middle holds no good pixel.
    image[100:108, 150:157] += 5000 * np.array([1, 3, 1, 3, 1, 3, 1])[None, :] * np.array([1, 3, 1, 3, 1, 3, 1, 3])[:, None]
    mask = np.zeros((HEIGHT, WIDTH), bool)
    mask[:, 70] = True
    mask[40:60, 100:104] = True
    background = 150 + 40 / (1 + ((xx - 120.0) / 2) ** 2)
    return image.astype(np.float32), mask, background.astype(np.float32)


DEFAULTS = {'sigclip': 4.5, 'sigfrac': 0.3, 'objlim': 5.0, 'gain': 1.5, 'readNoise': 8.0, 'saturation': 20000.0, 'iterations': 4}


def clean(image, separable, rule, changes, mask=None, background=None):
    p = {**DEFAULTS, **changes}
    found, cleaned = astroscrappy.detect_cosmics(
        image, inmask=mask, inbkg=background, sigclip=p['sigclip'], sigfrac=p['sigfrac'], objlim=p['objlim'], gain=p['gain'],
        readnoise=p['readNoise'], satlevel=p['saturation'] * p['gain'], niter=p['iterations'], sepmed=separable, cleantype=rule)
    at = np.flatnonzero(found)
    return {
        'parameters': {**p, 'separableMedian': separable, 'clean': rule},
        'mask': mask is not None, 'background': background is not None,
        'pixels': at.tolist(), 'values': [float(v) for v in cleaned.ravel()[at]],
    }


image, mask, background = make_image()
cases = []
for separable in (True, False):
    cases += [
        clean(image, separable, 'meanmask', {}),
        clean(image, separable, 'medmask', {}),
        clean(image, separable, 'meanmask', {'iterations': 1}),
        clean(image, separable, 'meanmask', {'saturation': 1e9, 'objlim': 2.0}),
        clean(image, separable, 'medmask', {'sigclip': 6.0, 'sigfrac': 0.5, 'gain': 0.37, 'readNoise': 2.5}, mask),
        clean(image, separable, 'meanmask', {}, mask, background),
    ]
out = {
    'command': 'python3 make_cosmic_rays.py <suhora_polarimetry>',
    'versions': {'astroscrappy': astroscrappy.__version__, 'numpy': np.__version__, 'astropy': astropy.__version__},
    'width': WIDTH, 'height': HEIGHT, 'seed': SEED, 'checksum': float(image.astype(float).sum()), 'cases': cases,
}
if len(sys.argv) > 1:
    name = 'oj287p1-r120s0017.fits.gz'
    x0, y0, side = 200, 300, 600
    frame = fits.getdata(sys.argv[1] + '/' + name)[y0:y0 + side, x0:x0 + side].astype(np.float32)
    out['real'] = {'frame': name, 'x0': x0, 'y0': y0, 'side': side,
                   'cases': [clean(frame, separable, 'meanmask', {'gain': 1.2, 'readNoise': 9.0, 'saturation': 60000.0})
                             for separable in (True, False)]}
print(json.dumps(out))
