import { formatPixelSection } from '../../../core/pixel-section'
import type { Linearity, RawCorrection } from '../../../core/raw-correction'
import { chooseOverscanAxis } from '../../../science/calibration/overscan'
import { code, markdown, type NotebookCell } from './notebook-cell'
import type { NotebookPlan } from './notebook-plan'
import { toArguments } from './python-literal'

const LINEARISE = `
def linearise(pixels, coefficients, limit, zero):
    """m (1 + c1 m + c2 m^2 + ...) of what lies above zero; beyond the limit on along the tangent, below zero as it is."""
    curve = np.polynomial.Polynomial([0, 1, *coefficients])
    light = pixels - zero
    inside = np.minimum(light, limit)
    straight = curve(inside) + (light - inside) * curve.deriv()(limit)
    return np.where(light > 0, straight, light) + zero`

const PREPARE = `
def prepare(name, overscan=None, trim=None, linearity=None, zero=None):
    """A frame before any master: overscan off, trimmed, made linear.

    overscan: rows and columns of the section (counted from 0), along which axis its pixels are averaged, by the median or not, and the
    degree of the Legendre polynomial that smooths the levels (None: each line has its own). trim: a section as headers write it.
    linearity: coefficients and limit, in ADU above zero, which is the level without light.
    """
    frame = read(name)
    if overscan is not None:
        rows, columns, axis, median, degree = overscan
        lines = (slice(*rows), slice(None)) if axis == 1 else (slice(None), slice(*columns))
        model = None if degree is None else Legendre1D(degree)
        strip = frame[slice(*rows), slice(*columns)]
        frame.data[lines] = ccdproc.subtract_overscan(frame[lines], strip, overscan_axis=axis, median=median, model=model).data
    if trim is not None:
        frame = ccdproc.trim_image(frame, fits_section=trim)
    if linearity is not None and zero is not None:
        frame.data = linearise(frame.data, *linearity, zero)
    return frame`

const SIZE = `
def size_of(name, trim=None):
    """The raw pixels that are kept: the largest numbers on the way to a result, by which differences are judged in the end."""
    frame = read(name)
    return np.abs(frame.data if trim is None else ccdproc.trim_image(frame, fits_section=trim).data)`

const overscanOf = ({ overscan }: RawCorrection) => {
  if (overscan === null) return undefined
  const { section, method, degree } = overscan
  const axis = chooseOverscanAxis(section) === 'rows' ? 1 : 0
  return [[...section.y], [...section.x], axis, method === 'median', degree]
}

const linearityOf = ({ coefficients, limit }: Linearity) => [[...coefficients], limit]

/** The call that gives a frame before its masters; `zero` is Python for the level without light, null where it is not known. */
export const prepareCall = (raw: RawCorrection | null, zero: string | null): string => {
  if (raw === null) return 'read(name)'
  const known = toArguments({
    overscan: overscanOf(raw),
    trim: raw.trim === null ? undefined : formatPixelSection(raw.trim),
    linearity: raw.linearity === null ? undefined : linearityOf(raw.linearity),
  })
  const level = raw.linearity === null || zero === null ? '' : `, zero=${zero}`
  return `prepare(name, ${known}${level})`
}

/** Arguments of size_of. */
export const sizeArguments = (raw: RawCorrection | null): string =>
  raw?.trim == null ? '' : `, trim=${JSON.stringify(formatPixelSection(raw.trim))}`

export const listPrepareCells = ({ masters, lights }: NotebookPlan): NotebookCell[] => {
  const raws = [...masters.map(({ raw }) => raw), ...lights.map(({ recipe }) => recipe.raw)]
  if (raws.every((raw) => raw == null)) return [code(SIZE)]
  return [
    markdown(`
## Before the masters

What the electronics add is read off the overscan and taken off, the overscan is cut away, and the pixels are made proportional to light:
as far as a frame's recipe below says so.`),
    ...(raws.some((raw) => raw?.linearity != null) ? [code(LINEARISE)] : []),
    code(PREPARE),
    code(SIZE),
  ]
}
