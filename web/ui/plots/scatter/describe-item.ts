import type { TFunction } from 'i18next'
import { formatFixed } from './format-tick'
import type { Histogram } from './histogram'
import { unscaleValue } from './scale-values'
import type { ScatterAxes, ScatterAxis, ScatterPoints } from './scatter-types'

type Words = TFunction<'scatter'>

const withUnit = (text: string, unit: string | null): string =>
  unit === null || unit === '' ? text : `${text} ${unit}`

const describeValue = (axis: ScatterAxis, value: number, error: number): string => {
  const text = axis.format(value)
  const measured = Number.isFinite(error) ? `${text} ± ${String(Number(error.toPrecision(2)))}` : text
  return `${axis.label} ${withUnit(measured, axis.unit)}`
}

const writeOwn = (value: number, reads: 'moments' | undefined): string => {
  if (!Number.isFinite(value)) return '–'
  return reads === 'moments'
    ? new Date(value).toISOString().slice(0, 19)
    : String(Number(value.toPrecision(6)))
}

/** A point in words: what it is called, its values with their uncertainty, and what it is coloured by. */
export const describePoint = (
  points: ScatterPoints,
  axes: ScatterAxes,
  index: number,
  name: string | null,
): string => {
  const { x, y } = axes
  const parts = [
    describeValue(x, points.x[index] ?? NaN, points.errorX?.[index] ?? NaN),
    describeValue(y, points.y?.[index] ?? NaN, points.error?.[index] ?? NaN),
  ]
  const { colour } = points
  if (colour?.kind === 'number') {
    parts.push(`${colour.label} ${writeOwn(colour.values[index] ?? NaN, colour.reads)}`)
  } else if (colour?.kind === 'text')
    parts.push(`${colour.label} ${colour.names[colour.codes[index] ?? 0] ?? ''}`)
  return (name === null || name === '' ? parts : [name, ...parts]).join(' · ')
}

/** A bin in words: from where to where, how many points, and how many of them are selected. */
export const describeBin = (
  input: {
    readonly histogram: Histogram
    readonly chosen: Uint32Array | null
    readonly axes: ScatterAxes
    readonly language: string
  },
  bin: number,
  t: Words,
): string => {
  const { histogram, chosen, axes, language } = input
  const edge = (place: number): string =>
    axes.x.format(unscaleValue(histogram.edges[place] ?? NaN, axes.x.logarithmic))
  const count = histogram.counts[bin] ?? 0
  const text = t('bin', {
    label: axes.x.label,
    from: edge(bin),
    to: withUnit(edge(bin + 1), axes.x.unit),
    points: t('points', { count, shown: formatFixed(count, 0, language) }),
  })
  const own = chosen?.[bin] ?? 0
  return own === 0 ? text : `${text} · ${t('selected', { count: own, shown: formatFixed(own, 0, language) })}`
}
