import { COLORMAP_STEPS, colormapTable } from '../../../render/colormaps'
import type { PlotTheme } from './plot-theme'
import { openShape, POINT_SHAPES } from './point-shapes'
import type { PointClass } from './rank-classes'
import type { ScatterColour } from './scatter-types'

/** How each point looks. */
export interface PointLook {
  /** As `blendPixel` takes it; 0 hides the point. */
  readonly colours: Uint32Array
  /** Place in POINT_SHAPES, or `openShape` of it; null where all are circles. */
  readonly shapes: Uint8Array | null
}

/** A range of values along a map of colours. */
export interface ColourRange {
  readonly low: number
  readonly high: number
  /** Whether there are values below and above, drawn in the colours of the ends. */
  readonly below: boolean
  readonly above: boolean
  /** Values without a number, drawn faint. */
  readonly missing: number
}

/** A hundredth of the values at each end may be anything and must not flatten the rest into one colour. */
const CUT = 0.01
/** What is cut off at an end must at least be so much of the range that is left; else all of it is shown. */
const WORTH_CUTTING = 0.25

export const chooseColourRange = (values: Float64Array): ColourRange => {
  const sorted = values.filter(Number.isFinite).sort()
  const missing = values.length - sorted.length
  const [least, most] = [sorted[0] ?? 0, sorted.at(-1) ?? 1]
  const place = (part: number) => sorted[Math.round(part * (sorted.length - 1))] ?? 0
  const [cutLow, cutHigh] = [place(CUT), place(1 - CUT)]
  const span = cutHigh - cutLow
  const low = span > 0 && cutLow - least > WORTH_CUTTING * span ? cutLow : least
  const high = span > 0 && most - cutHigh > WORTH_CUTTING * span ? cutHigh : most
  return { low, high, below: least < low, above: most > high, missing }
}

/** The part of the map that stands out from the paper of the theme: its darkest end not on black, its brightest not on white. */
const partOf = ({ night, light }: PlotTheme): readonly [number, number] =>
  night ? [0.42, 1] : light ? [0, 0.88] : [0.18, 1]

export type ScatterColormap = 'viridis' | 'cividis'

/** So many colours between the ends of a colour bar. */
const STEPS = 256

/** The colours along a colour bar, from low to high. */
export const readRamp = (colormap: ScatterColormap, theme: PlotTheme): Uint32Array => {
  const table = colormapTable(theme.night ? 'night' : colormap, false)
  const [from, to] = partOf(theme)
  return Uint32Array.from({ length: STEPS }, (_, step) => {
    const part = from + (step / (STEPS - 1)) * (to - from)
    const at = 4 * Math.round(part * (COLORMAP_STEPS - 1))
    return ((255 << 24) | ((table[at + 2] ?? 0) << 16) | ((table[at + 1] ?? 0) << 8) | (table[at] ?? 0)) >>> 0
  })
}

/** What tells a class apart: colours go round every eight, shapes one further each time round. */
export const lookOfClass = (
  { place }: Pick<PointClass, 'place'>,
  theme: PlotTheme,
): { readonly colour: number; readonly shape: number } => {
  if (place === null) return { colour: theme.faint, shape: 0 }
  const count = POINT_SHAPES.length
  return {
    colour: theme.series[place % count] ?? theme.plain,
    shape: (place + Math.floor(place / count)) % count,
  }
}

interface LookInput {
  readonly count: number
  readonly colour: ScatterColour | null
  readonly theme: PlotTheme
  readonly ramp: Uint32Array
  readonly range: ColourRange | null
  readonly classes: readonly PointClass[]
  readonly hidden: ReadonlySet<string>
  /** 1 for each point that is drawn open. */
  readonly flagged: Uint8Array | null
}

/** Flagged points keep colour and shape and lose their filling. */
const openFlagged = ({ colours, shapes }: PointLook, flagged: Uint8Array | null): PointLook => {
  if (flagged === null || !flagged.includes(1)) return { colours, shapes }
  const opened = flagged.map((flag, index) =>
    flag === 1 ? openShape(shapes?.[index] ?? 0) : (shapes?.[index] ?? 0),
  )
  return { colours, shapes: opened }
}

export const lookAtPoints = (input: LookInput): PointLook => openFlagged(colourPoints(input), input.flagged)

const colourPoints = (input: LookInput): PointLook => {
  const { count, colour, theme, ramp, range, classes, hidden } = input
  const colours = new Uint32Array(count).fill(theme.plain)
  if (colour === null) return { colours, shapes: null }
  if (colour.kind === 'number') {
    const { low, high } = range ?? { low: 0, high: 1 }
    const scale = high > low ? (ramp.length - 1) / (high - low) : 0
    for (let i = 0; i < count; i++) {
      const value = colour.values[i] ?? NaN
      const step = Math.max(0, Math.min(ramp.length - 1, Math.round((value - low) * scale)))
      colours[i] = Number.isFinite(value) ? (ramp[step] ?? 0) : theme.faint
    }
    return { colours, shapes: null }
  }
  const lookOf = new Map<number, { colour: number; shape: number }>()
  for (const each of classes) {
    const look = hidden.has(each.name) ? { colour: 0, shape: 0 } : lookOfClass(each, theme)
    for (const code of each.codes) lookOf.set(code, look)
  }
  const byCode = Array.from({ length: colour.names.length }, (_, code) => lookOf.get(code))
  const shapes = new Uint8Array(count)
  for (let i = 0; i < count; i++) {
    const look = byCode[colour.codes[i] ?? 0]
    colours[i] = look?.colour ?? theme.faint
    shapes[i] = look?.shape ?? 0
  }
  return { colours, shapes }
}
