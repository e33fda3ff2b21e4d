import type { CurveNumbers, OurNumbers, PictureNumbers } from './measure-numbers'
import { code, markdown, type NotebookCell } from './notebook-cell'
import type { NotebookPlan } from './notebook-plan'
import { toPython, toPythonLines, type PythonValue } from './python-literal'
import { COLUMN_STEP, ROW_STEP, SAMPLES, type PlaneSummary } from './sample-plane'

/** Relative difference up to which numbers are called equal. */
const EQUAL = '1e-6'

const SUMMARISE = `
THEIRS = {}  # what comes out here, for the comparison at the end


def pick(pixels):
    """Some pixels, spread evenly, and the same ones in every picture of one size."""
    height, width = pixels.shape
    numbers = range(1, ${SAMPLES + 1})
    return [pixels[math.floor(height * (n * ${ROW_STEP} % 1)), math.floor(width * (n * ${COLUMN_STEP} % 1))] for n in numbers]


def summarise_plane(pixels, size):
    known = np.isfinite(pixels)
    return dict(
        finite=int(known.sum()), mean=pixels[known].mean(), deviation=pixels[known].std(), pixels=pick(pixels),
        mean_size=np.nanmean(size), pixel_sizes=pick(size),
    )


def summarise(name, picture, size, error_size=None):
    """Keeps statistics and some pixels; size: the raw numbers that the picture comes from, or its uncertainty where those are others."""
    THEIRS[name] = dict(data=summarise_plane(picture.data, size))
    if picture.uncertainty is not None:
        error = np.where(np.isfinite(picture.data), picture.uncertainty.array, np.nan)
        THEIRS[name]["uncertainty"] = summarise_plane(error, size if error_size is None else error_size)`

/** What keeps the numbers of this side, before the first picture is made. */
export const listSummaryCells = (): NotebookCell[] => [
  markdown(
    'Of every picture that is made its statistics and some pixels are kept, to be compared in the end.',
  ),
  code(SUMMARISE),
]

const planeLine = ({ finite, mean, deviation, pixels }: PlaneSummary): PythonValue => ({
  finite,
  mean,
  deviation,
  pixels,
})

const pictureLine = ({ data, uncertainty }: PictureNumbers): PythonValue => ({
  data: planeLine(data),
  ...(uncertainty === null ? {} : { uncertainty: planeLine(uncertainty) }),
})

const COMPARE = `
def difference(theirs, ours, size=0):
    """The greatest relative difference; infinite where one of the two has a value and the other has none.

    Relative to the number itself or, where that is greater, to the raw number that it comes from. Asterism keeps pixels in 32-bit floats: they hold seven digits of the largest number on the way, and what is left of
    1000 - 999 has no more digits than 1000 had.
    """
    theirs, ours = np.array(theirs, dtype=float), np.array(ours, dtype=float)
    same = (theirs == ours) | (np.isnan(theirs) & np.isnan(ours))
    relative = np.abs(theirs - ours) / np.fmax(np.abs(ours), size)
    return float(np.max(np.where(same, 0, np.nan_to_num(relative, nan=np.inf, posinf=np.inf))))


COMPARISON = []  # result, what of it, greatest relative difference
for name, planes in OURS.items():
    for plane, ours in planes.items():
        if plane not in THEIRS[name]:
            COMPARISON.append((name, plane, np.inf))
            continue
        theirs = THEIRS[name][plane]
        sizes = dict(mean=theirs["mean_size"], deviation=theirs["mean_size"], pixels=theirs["pixel_sizes"])
        for what in ours if ours["finite"] else ["finite"]:  # where no pixel has a value there is no more to compare
            COMPARISON.append((name, f"{plane}: {what}", difference(theirs[what], ours[what], sizes.get(what, 0))))`

const compareCurve = (index: number, { flux, sky, usable, differential }: CurveNumbers): string => {
  const own = index === 0 ? '' : `_${index + 1}`
  return `
names = list(PLACES_ON_FRAME${own})
OUR_FLUX${own} = ${toPythonLines(flux)}
OUR_SKY${own} = ${toPythonLines(sky)}
USABLE${own} = np.array(${toPython(usable.map((point) => point.map(Number)))}, dtype=bool)  # not saturated, at the edge or without value
OUR_CURVE${own} = ${toPython(differential)}
theirs, totals = np.array([FLUX${own}[name] for name in names]), np.array([TOTAL${own}[name] for name in names])
usable = np.where(USABLE${own}, theirs, np.nan)
curve = divide_by_ensemble(usable[:, 0], usable[:, 1:], np.array(weights${own}))
ours = np.array(OUR_CURVE${own}) / np.nanmedian(OUR_CURVE${own})  # its median outside the dip is 1; here that of all
for number, star in enumerate(stars${own}):
    COMPARISON.append((star[0], "flux", difference(theirs[:, number], np.array(OUR_FLUX${own})[:, number], np.abs(totals[:, number]))))
    COMPARISON.append((star[0], "sky", difference([SKY${own}[name][number] for name in names], np.array(OUR_SKY${own})[:, number])))
COMPARISON.append(("light curve", "flux", difference(curve, ours)))`
}

const TABLE = `
width = max(len(name) for name, _, _ in COMPARISON) + 2
for name, what, greatest in COMPARISON:
    print(f"{name:{width}}{what:28}{greatest:10.1e}  {'equal' if greatest <= ${EQUAL} else 'NOT equal'} to ${EQUAL}")
unequal = sum(greatest > ${EQUAL} for _, _, greatest in COMPARISON)
print(f"All {len(COMPARISON)} comparisons are equal to ${EQUAL}." if unequal == 0 else f"{unequal} of {len(COMPARISON)} are NOT equal to ${EQUAL}.")

with open("comparison.csv", "w", newline="") as file:
    csv.writer(file).writerows([("result", "quantity", "greatest relative difference"), *COMPARISON])`

/** Our numbers, theirs beside them, and a table of how far they are apart. */
export const listCompareCells = (plan: NotebookPlan, ours: OurNumbers): NotebookCell[] => [
  markdown(`
## Comparison

What Asterism made: of each picture the number of pixels with a value, their mean and standard deviation, and ${SAMPLES} of its pixels, for the data and for the uncertainty.`),
  code(
    `OURS = ${toPythonLines(Object.fromEntries([...ours.pictures].map(([name, numbers]) => [name, pictureLine(numbers)])))}`,
  ),
  code(COMPARE),
  ...plan.curves.flatMap((curve, index) => {
    const numbers = ours.curves.get(curve.name)
    return numbers === undefined
      ? []
      : [markdown(`The stars of ${curve.name}.`), code(compareCurve(index, numbers))]
  }),
  markdown('The greatest relative difference of each, here and in the file `comparison.csv`.'),
  code(TABLE),
]
