"""Golden values for web/science/math. Run: python3 make_math.py > math.json (numpy, scipy, astropy as in the JSON)."""
import json
import sys

import astropy
import numpy as np
import scipy
from astropy.stats import mad_std, sigma_clipped_stats
from scipy import stats

rng = np.random.default_rng(20250611)


def clean(values):
    return [None if not np.isfinite(v) else float(v) for v in values]


sets = {}
normal = rng.normal(1000, 12, 301)
sets["normal"] = normal
outliers = rng.normal(50, 3, 200)
outliers[::17] += 400
outliers[5::41] -= 300
sets["outliers"] = outliers
holes = outliers.copy()
holes[3::11] = np.nan
sets["holes"] = holes
sets["integers"] = rng.poisson(4, 500).astype(float)
sets["even"] = rng.exponential(2, 48)
sets["two"] = np.array([3.0, 9.0])
sets["one"] = np.array([3.5])

statistics = []
for name, values in sets.items():
    good = values[np.isfinite(values)]
    row = {
        "name": name,
        "values": clean(values),
        "mean": float(np.nanmean(values)),
        "median": float(np.nanmedian(values)),
        "deviation": float(np.nanstd(values)),
        "sample": float(np.nanstd(values, ddof=1)) if good.size > 1 else None,
        "mad": float(np.median(np.abs(good - np.median(good)))),
        "madStd": float(mad_std(good)),
        "percentiles": [[p, float(np.nanpercentile(values, p))] for p in (0, 1, 15.87, 25, 50, 66.6, 99.5, 100)],
        "clips": [],
    }
    for low, high, center, deviation, iterations in [
        (3, 3, "median", "std", 5),
        (3, 3, "mean", "std", 5),
        (2, 2.5, "median", "std", 1),
        (2, 1.5, "median", "mad", 3),
        (3, 3, "mean", "mad", None),
        (2.5, 2.5, "median", "std", None),
    ]:
        mean, median, std = sigma_clipped_stats(
            values,
            sigma_lower=low,
            sigma_upper=high,
            cenfunc=center,
            stdfunc="std" if deviation == "std" else "mad_std",
            maxiters=iterations,
        )
        row["clips"].append(
            dict(low=low, high=high, center=center, deviation=deviation, iterations=iterations,
                 result=[float(mean), float(median), float(std)])
        )
    statistics.append(row)

x = np.sort(rng.uniform(-3, 5, 40))
design = np.stack([np.ones_like(x), x, x**2, np.cos(x)], axis=1)
truth = np.array([2.0, -1.5, 0.25, 4.0])
sigma = rng.uniform(0.1, 2.0, x.size)
y = design @ truth + rng.normal(0, sigma)
weights = 1 / sigma**2
root = np.sqrt(weights)[:, None]
solution = np.linalg.lstsq(design * root, y * root[:, 0], rcond=None)[0]
covariance = np.linalg.inv((design * root).T @ (design * root))
residual = (y - design @ solution) * root[:, 0]
least = dict(design=design.ravel().tolist(), rows=x.size, columns=4, values=y.tolist(), weights=weights.tolist(),
             solution=solution.tolist(), covariance=covariance.ravel().tolist(), chiSquare=float((residual**2).sum()))

t = 2460000.5 + np.linspace(0, 0.3, 60)
flux = 1 + 0.3 * (t - t.mean()) - 2 * (t - t.mean()) ** 2 + rng.normal(0, 1e-3, t.size)
fit = np.polynomial.Polynomial.fit(t, flux, 3)
polynomial = dict(x=t.tolist(), y=flux.tolist(), degree=3, at=t[::7].tolist(), values=fit(t[::7]).tolist())

u = rng.uniform(0, 100, 81)
v = 3.0 + 0.5 * u + rng.normal(0, 1, u.size)
v[::6] += rng.uniform(20, 90, v[::6].size)
slope, intercept, _, _ = stats.theilslopes(v, u)
line = dict(x=u.tolist(), y=v.tolist(), theilSlope=float(slope), truth=[3.0, 0.5])

gamma = [[float(z), float(scipy.special.gammaln(z))] for z in (0.1, 0.5, 1, 1.5, 2, 3.7, 10, 19.9, 20.1, 50, 1e3, 1e6)]

json.dump(dict(
    made="python3 make_math.py > math.json",
    versions=dict(python=sys.version.split()[0], numpy=np.__version__, scipy=scipy.__version__, astropy=astropy.__version__),
    statistics=statistics, leastSquares=least, polynomial=polynomial, line=line, logGamma=gamma), sys.stdout)
