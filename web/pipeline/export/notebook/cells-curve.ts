import { code, markdown, type NotebookCell } from './notebook-cell'
import type { CurveToMeasure, NotebookPlan } from './notebook-plan'
import { toPython, toPythonLines } from './python-literal'

const MEASURE = `
def move(transform, place):
    """A position on the reference frame as a position on another: x' = a x + b y + c, y' = d x + e y + f."""
    a, b, c, d, e, f = transform
    return (a * place[0] + b * place[1] + c, d * place[0] + e * place[1] + f)


def measure(pixels, places, radius, annulus):
    """Net flux and sky of stars by photutils: exact apertures, and the sigma-clipped median of the pixels in the annulus."""
    bad = ~np.isfinite(pixels)
    circle, ring = CircularAperture(places, radius), CircularAnnulus(places, *annulus)
    clip = SigmaClip(sigma=3, maxiters=10)
    sky = ApertureStats(pixels, ring, mask=bad, sigma_clip=clip, sum_method="center").median
    total = np.ravel(circle.do_photometry(pixels, mask=bad, method="exact")[0])
    area = np.ravel(circle.area_overlap(pixels, mask=bad, method="exact"))
    return total - sky * area, sky, total


def divide_by_ensemble(target, comparisons, weights):
    """The target over an artificial star made of the comparisons (Broeg, Fernandez and Neuhaeuser 2005), its median 1.

    Star j in frame i gives level[j] * common[i]; both are found in turns until the levels stand still.
    """
    comparisons = np.where(comparisons > 0, comparisons, np.nan)
    levels = np.nanmedian(comparisons, axis=0)
    for _ in range(100):
        relative = comparisons / levels
        common = np.nansum(weights * relative, axis=1) / np.where(np.isfinite(relative), weights, 0).sum(axis=1)
        before, levels = levels, np.nanmedian(comparisons / common[:, None], axis=0)
        if np.max(np.abs(levels / before - 1)) < 1e-12:
            break
    curve = target / common
    return curve / np.nanmedian(curve)`

const listOne = (curve: CurveToMeasure, index: number): NotebookCell[] => {
  const { record, table, stars, points } = curve
  const own = index === 0 ? '' : `_${index + 1}`
  const chosen = stars.map((star) => table.stars[star])
  const transforms = points.map(
    ({ file, transform: { a, b, c, d, e, f } }) => [file, [a, b, c, d, e, f]] as const,
  )
  const places = points.map(
    ({ file, measured }) =>
      [file, stars.map((star) => [measured.x[star] ?? Number.NaN, measured.y[star] ?? Number.NaN])] as const,
  )
  return [
    markdown(`
### ${curve.name}

The target and its comparisons on the reference frame, and the map from there to each frame, as star patterns gave it. Where the stars
were found from there by their light is given too, and taken as it is; so are the radius and the weights of the comparisons.`),
    code(
      [
        `radius${own} = ${toPython(record.radius)}  # pixels`,
        `annulus${own} = ${toPython(record.annulus)}`,
        `gain${own} = ${toPython(table.gain ?? 1)}  # ${table.gain === null ? 'not known: fluxes are in the unit of the pixels' : 'electrons for a unit of the pixels'}`,
        `stars${own} = ${toPythonLines(chosen.map((star) => [star?.name ?? '', star?.x ?? 0, star?.y ?? 0]))}`,
        `weights${own} = ${toPython(record.comparisons.map(({ weight }) => weight))}`,
        `TRANSFORMS${own} = ${toPythonLines(Object.fromEntries(transforms))}`,
      ].join('\n'),
    ),
    code(`PLACES_ON_FRAME${own} = ${toPythonLines(Object.fromEntries(places))}`),
    code(`
FLUX${own}, SKY${own}, TOTAL${own} = {}, {}, {}
shift = [
    np.hypot(*np.subtract(move(TRANSFORMS${own}[name], star[1:]), place))
    for name, places in PLACES_ON_FRAME${own}.items()
    for star, place in zip(stars${own}, places)
]
print(f"stars lie {np.median(shift):.2f} pixels from where the map puts them, at most {np.max(shift):.2f}")


def measure_stars${own}(name, pixels):
    flux, sky, total = measure(pixels, PLACES_ON_FRAME${own}[name], radius${own}, annulus${own})
    FLUX${own}[name], SKY${own}[name], TOTAL${own}[name] = flux * gain${own}, sky * gain${own}, total * gain${own}


MEASURES.append((PLACES_ON_FRAME${own}, measure_stars${own}))`),
  ]
}

/** Stars, given positions, and what measures them; the loop over the lights calls it. */
export const listCurveCells = ({ curves }: NotebookPlan): NotebookCell[] => {
  if (curves.length === 0) return []
  return [
    markdown(`
## Photometry

Stars are measured on the calibrated frames themselves, at positions that were carried over to them, so that no pixel is interpolated.`),
    code(MEASURE),
    code('MEASURES = []  # for each curve: on which files, and what measures them'),
    ...curves.flatMap(listOne),
  ]
}

/** The loop that calibrates each light and does with it what is to be done. */
export const listLoop = ({ lights, stacks, curves }: NotebookPlan): NotebookCell[] => {
  if (lights.length === 0) return []
  const measured = curves.length > 0
  const stacked = stacks.length > 0
  return [
    markdown('## Every light'),
    code(`
${stacked ? 'CALIBRATED = {}  # for the stack\n' : ''}for number, (name, (calibrate_it, size_it)) in enumerate(LIGHTS.items(), 1):
    frame = calibrate_it(name)
    summarise(name, frame, size_it(name), error_size=np.abs(frame.data))
${stacked ? '    CALIBRATED[name] = CCDData(frame.data, unit=frame.unit)\n' : ''}${
      measured
        ? `    for places, measure_it in MEASURES:
        if name in places:
            measure_it(name, frame.data)
`
        : ''
    }    if number % 10 == 0 or number == len(LIGHTS):
        print(number, "of", len(LIGHTS), "frames are calibrated")`),
  ]
}
