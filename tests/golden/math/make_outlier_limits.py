"""
How far the furthest of N values lies from the median of the others, in robust sigma of the others, in 99 of 100 groups of Gaussian
values: simulated, since the tails of a scaled median absolute deviation have no closed form. Also scores of some groups by numpy.
Run: python3 make_outlier_limits.py > outlier-limits.json (three minutes)
"""
import json

import numpy as np

random = np.random.default_rng(1974)
MAD_TO_SIGMA = 1.482602218505602


def scores(groups):
    """(v_i - median of the others) / (MAD of the others, times 1.4826), for each value of each row."""
    count = groups.shape[1]
    result = np.empty_like(groups)
    for index in range(count):
        others = np.delete(groups, index, axis=1)
        middle = np.median(others, axis=1)
        deviation = np.median(np.abs(others - middle[:, None]), axis=1)
        result[:, index] = (groups[:, index] - middle) / (MAD_TO_SIGMA * deviation)
    return result


limits = []
for count in (5, 6, 7, 8, 9, 10, 12, 14, 17, 20, 25, 30, 40, 50, 70, 100, 200, 400):
    trials = 200_000 if count <= 20 else 4_000_000 // count if count < 100 else 1_500_000 // count
    furthest = np.concatenate(
        [
            np.abs(scores(random.normal(size=(min(20_000, trials - start), count)))).max(axis=1)
            for start in range(0, trials, 20_000)
        ]
    )
    limits.append({'count': count, 'trials': trials, 'limit': float(np.quantile(furthest, 0.99))})

groups = [
    [1000.2, 1000.9, 999.8, 1000.4, 1012.0],
    [3.1, 3.0, 3.3, 2.9, 3.2, 3.1, 3.4, 5.9, 3.0],
    random.normal(250, 4, 30).tolist() + [290.0],
]
print(
    json.dumps(
        {
            'versions': {'numpy': np.__version__},
            'limits': limits,
            'groups': [{'values': group, 'scores': scores(np.array([group]))[0].tolist()} for group in groups],
        }
    )
)
