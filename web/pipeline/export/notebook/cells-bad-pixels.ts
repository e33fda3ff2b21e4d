import { code, markdown, type NotebookCell } from './notebook-cell'
import type { LightGroup, NotebookPlan } from './notebook-plan'

const MASK = `
def mask_bad_pixels(frame, bad):
    """Bad pixels have no value."""
    data = np.where(bad, np.nan, frame.data)
    error = None if frame.uncertainty is None else StdDevUncertainty(np.where(bad, np.nan, frame.uncertainty.array))
    return CCDData(data, unit=frame.unit, uncertainty=error)`

const FILL = `
def fill_plane(plane, bad, is_error=False, reach=32):
    """Bad pixels from good ones, by the rule of IRAF's fixpix; errors add up as squares.

    A straight line between the nearest good pixels of the row or of the column, whichever are closer together, the mean of both where they
    are as close; where neither has one on both sides, the nearest good one.
    """
    good = ~bad & np.isfinite(plane)
    filled = plane.copy()
    for y, x in np.argwhere(bad):
        ways = []  # for row and column: places of the good pixels before and behind, and how far they are
        for line, at, place in [(good[y], x, lambda n: (y, n)), (good[:, x], y, lambda n: (n, x))]:
            before = next((d for d in range(1, min(reach, at) + 1) if line[at - d]), None)
            behind = next((d for d in range(1, min(reach, len(line) - 1 - at) + 1) if line[at + d]), None)
            ways.append([(place(at - before), before) if before else None, (place(at + behind), behind) if behind else None])
        across = [way for way in ways if None not in way]
        if across:
            shortest = min(first[1] + last[1] for first, last in across)
            used = [way for way in across if way[0][1] + way[1][1] == shortest]
            parts = [
                (place, other / shortest / len(used))
                for first, last in used
                for place, other in [(first[0], last[1]), (last[0], first[1])]
            ]
        else:
            near = [end for way in ways for end in way if end is not None]
            nearest = [place for place, away in near if away == min(away for _, away in near)]
            parts = [(place, 1 / len(nearest)) for place in nearest]
        mixed = [weight * plane[place] for place, weight in parts]
        filled[y, x] = np.nan if not parts else np.sqrt(np.sum(np.square(mixed))) if is_error else np.sum(mixed)
    return filled


def fill_bad_pixels(frame, bad, colours=False):
    """Bad pixels filled from their neighbours; behind a mask of colours from those of their own place in each cell of two by two."""
    data, error = frame.data.copy(), None if frame.uncertainty is None else frame.uncertainty.array.copy()
    for row, column in [(0, 0), (0, 1), (1, 0), (1, 1)] if colours else [(0, 0)]:
        step = 2 if colours else 1
        part = (slice(row, None, step), slice(column, None, step))
        data[part] = fill_plane(data[part], bad[part])
        if error is not None:
            error[part] = fill_plane(error[part], bad[part], is_error=True)
    return CCDData(data, unit=frame.unit, uncertainty=None if error is None else StdDevUncertainty(error))`

const readMapText = (name: string, packed: string, width: number, height: number): string => `
${name} = np.frombuffer(zlib.decompress(base64.b64decode(
    "${packed}"
)), dtype=np.uint8)
${name} = np.unpackbits(${name}, count=${height} * ${width}).reshape(${height}, ${width}).astype(bool)
print(${name}.sum(), "bad pixels")`

/** The call that treats the bad pixels of `frame`; null where none are. `places`: Python for those of one colour. */
export const badPixelCall = ({ badPixels }: LightGroup, places: string | null): string | null => {
  if (badPixels === null) return null
  const { how, map, hasColours } = badPixels
  const bad = places === null ? map : `take_bad_cells(${map}, ${places})`
  if (how === 'mask') return `mask_bad_pixels(frame, ${bad})`
  return `fill_bad_pixels(frame, ${bad}${hasColours ? ', colours=True' : ''})`
}

const TAKE_CELLS = `
def take_bad_cells(bad, places):
    """Of one colour: a cell is bad where one of the pixels of its colour is."""
    height, width = (side // 2 * 2 for side in bad.shape)
    return np.any([bad[row:height:2, column:width:2] for column, row in places], axis=0)`

export const listBadPixelCells = ({ maps, lights }: NotebookPlan): NotebookCell[] => {
  if (maps.length === 0) return []
  const treatments = new Set(lights.map(({ badPixels }) => badPixels?.how))
  const ofColour = lights.some(({ badPixels, recipe }) => badPixels !== null && recipe.channel != null)
  return [
    markdown(`
## Bad pixels

The map of bad pixels is taken as it is: what stood out in the master dark and the master flat, and what a person marked. It stands here as a bit for
each pixel, packed.`),
    ...maps.map(({ name, packed, record }) => code(readMapText(name, packed, record.width, record.height))),
    ...(ofColour ? [code(TAKE_CELLS)] : []),
    ...(treatments.has('mask') ? [code(MASK)] : []),
    ...(treatments.has('interpolate') ? [code(FILL)] : []),
  ]
}
