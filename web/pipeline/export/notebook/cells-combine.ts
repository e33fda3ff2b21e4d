import type { Combine } from '../../../core/combine'
import { rejectionRule, type RejectionRule } from '../../../science/calibration/reject-values'
import { code, markdown, type NotebookCell } from './notebook-cell'
import type { NotebookPlan } from './notebook-plan'
import { toArguments } from './python-literal'

const CLIP_SIGMA = `
def clip_sigma(values, low, high, center, deviation, rounds):
    """What lies more than low sigmas below or high sigmas above the centre of its pixel goes, for good; again until nothing goes.

    sigma is 1.4826 times the median absolute deviation, or the standard deviation where asked for or where half of the values are equal.
    """
    values = values.copy()
    for _ in range(rounds):
        median = np.nanmedian(values, axis=0)
        middle = median if center == "median" else np.nanmean(values, axis=0)
        sigma = np.nanstd(values, axis=0)
        if deviation == "mad":
            mad = 1.482602218505602 * np.nanmedian(np.abs(values - median), axis=0)
            sigma = np.where(mad > 0, mad, sigma)
        out = (values < middle - low * sigma) | (values > middle + high * sigma)
        if not out.any():
            break
        values[out] = np.nan
    return values`

const CLIP_WINSORIZED = `
def clip_winsorized(values, low, high, center, rounds):
    """Sigma clipping whose sigma is measured with the values clamped at 1.5 sigma, until it settles (PixInsight, Siril)."""
    values = values.copy()
    for _ in range(rounds):
        count = np.isfinite(values).sum(axis=0)
        median, mean = np.nanmedian(values, axis=0), np.nanmean(values, axis=0)
        sigma = np.nanstd(values, axis=0, ddof=1)
        open = count >= 4
        for _ in range(50):
            clamped = np.clip(values, median - 1.5 * sigma, median + 1.5 * sigma)
            settled = 1.134 * np.nanstd(clamped, axis=0, ddof=1)
            mean = np.where(open, np.nanmean(clamped, axis=0), mean)
            moved = open & (np.abs(settled - sigma) > 0.0005 * sigma)
            sigma = np.where(open, settled, sigma)
            open = moved
            if not open.any():
                break
        middle = median if center == "median" else mean
        out = (count >= 4) & ((values < middle - low * sigma) | (values > middle + high * sigma))
        if not out.any():
            break
        values[out] = np.nan
    return values`

const DROP_EXTREMES = `
def drop_extremes(values, low, high):
    """The low smallest and high largest values of each pixel go; where there are too few, one in the middle stays."""
    count = np.isfinite(values).sum(axis=0)
    few = low + high >= count
    fewer = np.minimum(low, np.floor((count - 1) * low / max(low + high, 1) + 0.5))
    below = np.where(few, fewer, low)
    above = np.where(few, count - 1 - fewer, high)
    rank = np.argsort(np.argsort(values, axis=0), axis=0)
    return np.where((rank >= below) & (rank < count - above), values, np.nan)`

const CUT_PERCENTILES = `
def cut_percentiles(values, low, high):
    """What lies below the low-th or above the (100 - high)-th percentile of its pixel goes."""
    lower, upper = np.nanpercentile(values, [low, 100 - high], axis=0)
    return np.where((values >= lower) & (values <= upper), values, np.nan)`

const COMBINE = `
def level(pixels):
    """The median of 16 bands of rows that stand for the picture; of all its pixels where it is small."""
    height, width = pixels.shape
    rows = math.ceil(2**18 / (16 * width))
    if 16 * rows * 2 > height:
        return np.nanmedian(pixels)
    tops = [math.floor((band + 0.5) * height / 16 - rows / 2) for band in range(16)]
    return np.nanmedian(np.concatenate([pixels[top : top + rows] for top in tops]))


def standard_error(kept, values, method, cut):
    """One sigma of the combined pixel from the scatter of what was kept: s / sqrt(n), with s for n - 1.

    ccdproc's own is that of n, and 1.4826 MAD / sqrt(n) for a median. A median scatters sqrt(pi / 2) more than a mean. Where a fixed part
    was cut off both ends, s is that of all values with the cut ones put at the ends (Tukey and McLaughlin 1963).
    """
    left = np.isfinite(kept).sum(axis=0)
    error = np.nanstd(kept, axis=0, ddof=1) / np.sqrt(left)
    if cut:
        ends = np.clip(values, np.nanmin(kept, axis=0), np.nanmax(kept, axis=0))
        total = np.isfinite(values).sum(axis=0)
        error = np.where(left > 1, np.nanstd(ends, axis=0, ddof=1) * np.sqrt(total) / left, np.nan)
    if method == "median":
        error = np.where(left > 2, np.sqrt(np.pi / 2) * error, error)
    return error * len(values) if method == "sum" else error


def combine(frames, method, reject=None, cut=False):
    """One picture from several, pixel by pixel, by ccdproc.Combiner; some rows at a time, to save memory.

    Values that are not finite take no part. reject gets the values of some rows and gives them back with NaN where one is thrown out.
    A sum is the mean of what is left times the number of frames, so that a rejected cosmic ray leaves no dark pixel.
    """
    shape = frames[0].shape
    data, error = np.empty(shape), np.empty(shape)
    for top in range(0, shape[0], 64):
        rows = slice(top, top + 64)
        values = np.array([frame.data[rows] for frame in frames])
        values[~np.isfinite(values)] = np.nan
        kept = values if reject is None else reject(values)
        combiner = ccdproc.Combiner([CCDData(plane, mask=np.isnan(plane), unit=frames[0].unit) for plane in kept])
        combined = combiner.median_combine() if method == "median" else combiner.average_combine()
        factor = len(frames) if method == "sum" else 1
        data[rows] = np.where(np.isnan(kept).all(axis=0), np.nan, factor * combined.data)
        error[rows] = standard_error(kept, values, method, cut)
    return CCDData(data, unit=frames[0].unit, uncertainty=StdDevUncertainty(error))`

const REJECTIONS = {
  'sigma-clip': CLIP_SIGMA,
  winsorized: CLIP_WINSORIZED,
  'min-max': DROP_EXTREMES,
  percentile: CUT_PERCENTILES,
} as const

/** Counts of frames, as the rule takes them. */
const toCount = (value: number): number => Math.max(0, Math.round(value))

const REJECT_CALLS: Readonly<Record<Combine['rejection'], (rule: RejectionRule) => string | null>> = {
  none: () => null,
  'sigma-clip': ({ low, high, center, deviation, iterations: rounds }) =>
    `clip_sigma(values, ${toArguments({ low, high, center, deviation, rounds })})`,
  winsorized: ({ low, high, center, iterations: rounds }) =>
    `clip_winsorized(values, ${toArguments({ low, high, center, rounds })})`,
  'min-max': ({ low, high }) =>
    `drop_extremes(values, ${toArguments({ low: toCount(low), high: toCount(high) })})`,
  percentile: ({ low, high }) => `cut_percentiles(values, ${toArguments({ low, high })})`,
}

/** Arguments of combine after the frames. */
export const combineArguments = (combine: Combine): string => {
  const reject = REJECT_CALLS[combine.rejection](rejectionRule(combine))
  const cut = combine.rejection === 'min-max' || combine.rejection === 'percentile'
  return [
    `method="${combine.method}"`,
    ...(reject === null ? [] : [`reject=lambda values: ${reject}`]),
    ...(cut ? ['cut=True'] : []),
  ].join(', ')
}

/** How frames become one: the rules of rejection that are used, and the combining itself. */
export const listCombineCells = ({ masters, stacks }: NotebookPlan): NotebookCell[] => {
  const ways = [...masters, ...stacks].map(({ record }) => record.combine)
  if (ways.length === 0) return []
  const rules = new Set(ways.map(({ rejection }) => rejection))
  const used = Object.entries(REJECTIONS).filter(([rule]) => rules.has(rule as Combine['rejection']))
  return [
    markdown(`
## Combining frames

Several frames become one, pixel by pixel. Asterism throws values out by a rule of its own (what is out stays out, and frames are scaled before
they are looked at), so the rule stands here in numpy; the mean or median of what is left is ccdproc's.`),
    ...used.map(([, text]) => code(text)),
    code(COMBINE),
  ]
}
