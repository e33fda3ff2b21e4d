import { useMemo } from 'react'
import { coverColumns } from '../plot-range'
import type { BarEnds } from './draw-error-bars'
import { countBins, footOf, type Histogram } from './histogram'
import {
  chooseColourRange,
  lookAtPoints,
  readRamp,
  type ColourRange,
  type ScatterColormap,
} from './point-looks'
import { createStepOrder, type StepOrder } from './point-target'
import type { PointsScene } from './points-picture'
import { readTheme, useThemeName, type PlotTheme } from './plot-theme'
import { rankClasses, type PointClass } from './rank-classes'
import { countLeftOut, scaleValues, type LeftOut } from './scale-values'
import type { PlotView, ScatterAxes, ScatterPoints } from './scatter-types'

/** Room about the points, as a part of their range. */
const [ROOM_X, ROOM_Y] = [0.025, 0.05]
/** Where a bar that reaches zero or less ends on a logarithmic axis: below all that can be seen. */
const BOTTOMLESS = -400

interface SceneInput {
  readonly points: ScatterPoints
  readonly axes: ScatterAxes
  readonly selected: Uint8Array | null
  readonly hidden: ReadonlySet<string>
  readonly bins: number | null
  readonly colormap: ScatterColormap
}

export interface ScatterScene {
  readonly scene: PointsScene
  /** null where points are drawn. */
  readonly histogram: Histogram | null
  readonly whole: PlotView
  readonly leftOut: LeftOut
  readonly order: StepOrder
  readonly classes: readonly PointClass[]
  readonly range: ColourRange | null
  readonly ramp: Uint32Array
  readonly theme: PlotTheme
}

const findEnds = (values: Float64Array, error: Float64Array | null, logarithmic: boolean): BarEnds | null => {
  if (error === null) return null
  const low = scaleValues(
    values.map((value, index) => value - (error[index] ?? NaN)),
    logarithmic,
  )
  const high = scaleValues(
    values.map((value, index) => value + (error[index] ?? NaN)),
    logarithmic,
  )
  if (!logarithmic) return { low, high }
  return {
    low: low.map((end, index) => (Number.isNaN(end) && Number.isFinite(high[index]) ? BOTTOMLESS : end)),
    high,
  }
}

/** All that follows from the points and the axes, and not from where one looks. */
export const useScatterScene = (input: SceneInput): ScatterScene => {
  const { points, axes, selected, hidden, bins, colormap } = input
  const { x: rawX, y: rawY, errorX = null, error = null, flagged = null } = points
  const colour = rawY === null ? null : (points.colour ?? null)
  const [logX, logY] = [axes.x.logarithmic, axes.y.logarithmic]
  const name = useThemeName()
  const theme = useMemo(() => readTheme(name), [name])
  const x = useMemo(() => scaleValues(rawX, logX), [rawX, logX])
  const histogram = useMemo(() => (rawY === null ? countBins(x, bins, logY) : null), [rawY, x, bins, logY])
  const y = useMemo(() => (rawY === null ? new Float64Array(0) : scaleValues(rawY, logY)), [rawY, logY])
  const whole = useMemo((): PlotView => {
    if (histogram === null) return { x: coverColumns([x], ROOM_X), y: coverColumns([y], ROOM_Y) }
    const [foot, most] = [footOf(logY), histogram.heights.reduce((a, b) => Math.max(a, b), footOf(logY))]
    return {
      x: coverColumns([histogram.edges], ROOM_X),
      y: [foot, most > foot ? most + ROOM_Y * (most - foot) : foot + 1],
    }
  }, [histogram, x, y, logY])
  const leftOut = useMemo(
    () =>
      countLeftOut([
        { values: rawX, logarithmic: logX },
        ...(rawY === null ? [] : [{ values: rawY, logarithmic: logY }]),
      ]),
    [rawX, rawY, logX, logY],
  )
  const order = useMemo(() => createStepOrder(x, y), [x, y])
  const endsX = useMemo(
    () => (rawY === null ? null : findEnds(rawX, errorX, logX)),
    [rawX, rawY, errorX, logX],
  )
  const endsY = useMemo(() => (rawY === null ? null : findEnds(rawY, error, logY)), [rawY, error, logY])
  const classes = useMemo(
    () => (colour?.kind === 'text' ? rankClasses(colour.codes, colour.names) : []),
    [colour],
  )
  const range = useMemo(() => (colour?.kind === 'number' ? chooseColourRange(colour.values) : null), [colour])
  const ramp = useMemo(() => readRamp(colormap, theme), [colormap, theme])
  const look = useMemo(
    () => lookAtPoints({ count: x.length, colour, theme, ramp, range, classes, hidden, flagged }),
    [x, colour, theme, ramp, range, classes, hidden, flagged],
  )
  const scene = useMemo(
    (): PointsScene => ({
      x,
      y,
      ends: { x: endsX, y: endsY },
      look,
      theme,
      coloured: colour !== null,
      selected,
    }),
    [x, y, endsX, endsY, look, theme, colour, selected],
  )
  return { scene, histogram, whole, leftOut, order, classes, range, ramp, theme }
}
