"""Golden numbers of photutils for aperture photometry.

    python3 make_aperture_photometry.py [folder of the raw HAT-P-32 frames] > aperture-photometry.json

The synthetic image is given by integer arithmetic and powers of two alone, so that every language makes the very same pixels:
a seeded linear congruential generator for the noise and stars of rational profile 1 / (1 + d^2 / 4)^4.
"""
import glob, gzip, io, json, sys
import astropy, numpy as np, photutils
from astropy.io import fits
from astropy.stats import SigmaClip
from photutils.aperture import ApertureStats, CircularAnnulus, CircularAperture, aperture_photometry

WIDTH, HEIGHT = 256, 200
RADII = [0.3, 0.5, 1.0, 2.5, 4.0, 6.25, 9.0]
ANNULUS = (9.0, 15.0)


def lcg(seed):
    state = seed
    while True:
        state = (1664525 * state + 1013904223) % 4294967296
        yield state / 4294967296


def make_image(seed=20171220):
    draw = lcg(seed)
    noise = np.empty((HEIGHT, WIDTH))
    for y in range(HEIGHT):
        for x in range(WIDTH):
            noise[y, x] = next(draw) + next(draw) + next(draw) - 1.5
    image = 500 + 0.125 * np.arange(WIDTH)[None, :] + 8 * noise
    stars = []
    yy, xx = np.mgrid[0:HEIGHT, 0:WIDTH]
    for _ in range(100):
        x, y, height = next(draw) * WIDTH, next(draw) * HEIGHT, 50 + 4000 * next(draw)
        stars.append((x, y))
        d2 = (xx - x) ** 2 + (yy - y) ** 2
        q = 1 + d2 / 4
        image += height / (q * q * q * q)
    return image.astype(np.float32), stars


def measure(image, positions):
    image = image.astype(float)
    sky = ApertureStats(image, CircularAnnulus(positions, *ANNULUS), sigma_clip=SigmaClip(sigma=3, maxiters=10), sum_method='center')
    sums, areas = [], []
    for radius in RADII:
        aperture = CircularAperture(positions, radius)
        table = aperture_photometry(image, aperture, method='exact')
        sums.append([float(v) for v in table['aperture_sum']])
        areas.append([float(v) for v in np.atleast_1d(aperture.area_overlap(image, method='exact'))])
    return {
        'positions': [[float(x), float(y)] for x, y in positions],
        'sky': [float(v) for v in sky.median], 'skyMean': [float(v) for v in sky.mean], 'skySigma': [float(v) for v in sky.std],
        'skyCount': [int(round(float(v))) for v in sky.sum_aper_area.value] if sky.sum_aper_area is not None else None,
        'sums': sums, 'areas': areas,
    }


image, stars = make_image()
out = {
    'command': 'python3 make_aperture_photometry.py <frames>',
    'versions': {'photutils': photutils.__version__, 'astropy': astropy.__version__, 'numpy': np.__version__},
    'width': WIDTH, 'height': HEIGHT, 'seed': 20171220, 'radii': RADII, 'annulus': list(ANNULUS),
    'checksum': float(image.astype(float).sum()),
    'synthetic': measure(image, stars),
}
if len(sys.argv) > 1:
    name = sorted(glob.glob(sys.argv[1] + '/*.FITS.gz'))[70]
    frame = fits.getdata(io.BytesIO(gzip.open(name).read()))
    ok = [(100.25 + 60.5 * (i % 8), 60.75 + 47.3 * (i // 8)) for i in range(64)]
    # The last two annuli reach over the edge of the frame.
    ok[-2:] = [(5.3, 7.9), (645.6, 490.2)]
    out['real'] = {'frame': name.split('/')[-1], **measure(frame, ok)}
print(json.dumps(out))
