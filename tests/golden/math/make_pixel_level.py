"""Lower 1 % quantile, median and robust deviation by numpy and astropy. Run: python3 make_pixel_level.py > pixel-level.json"""
import json

import astropy
import numpy as np
from astropy.stats import mad_std

random = np.random.default_rng(20171018)
cases = {
    'a bias': np.round(random.normal(1000, 17, 1201)),
    'few': np.array([5.0, 1.0, 9.0]),
    'one': np.array([7.5]),
    'even, with ties': np.array([3, 3, 3, 4, 4, 9, 9, 100], dtype=float),
    'stars on a sky': np.concatenate([random.normal(250.5, 16, 900), random.exponential(5000, 99)]),
}
print(
    json.dumps(
        {
            'versions': {'numpy': np.__version__, 'astropy': astropy.__version__},
            'cases': [
                {
                    'name': name,
                    'values': values.tolist(),
                    'low': float(np.quantile(values, 0.01, method='lower')),
                    'median': float(np.median(values)),
                    'deviation': float(mad_std(values)),
                }
                for name, values in cases.items()
            ],
        }
    )
)
