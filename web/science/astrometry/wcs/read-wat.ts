import { findCard, type Header } from '../../../core/header'
import { countCoefficients, type IrafSurface } from './distortion/iraf-surface'
import { notReadable } from './not-readable'
import type { CelestialAxes } from './read-axes'
import type { SkyPair } from './pairs'

/** Characters of a card's string in IRAF; blanks at its end that belong to the text are lost in reading. */
const CARD_TEXT = 68
/** Cards of one axis: a surface of a hundred coefficients takes some thirty. */
const MOST_CARDS = 200
const MOST_ORDER = 20

/** The text that IRAF spreads over WATi_001, WATi_002 …, '' where there is none. */
const joinCards = (header: Header, axis: number): string => {
  let text = ''
  for (let number = 1; number <= MOST_CARDS; number++) {
    const value = findCard(header, `WAT${axis}_${String(number).padStart(3, '0')}`)?.value
    if (typeof value !== 'string') break
    text += value.slice(0, CARD_TEXT).padEnd(CARD_TEXT)
  }
  return text
}

/** One quoted attribute of that text as numbers. */
const readNumbers = (text: string, name: string): number[] | null => {
  const start = text.indexOf(`${name} =`)
  const at = start < 0 ? text.indexOf(`${name}=`) : start
  if (at < 0) return null
  const open = text.indexOf('"', at)
  const close = text.indexOf('"', open + 1)
  if (open < 0) return null
  return text
    .slice(open + 1, close < 0 ? undefined : close)
    .trim()
    .split(/\s+/)
    .map((word) => Number(word.replace(/[dD]/, 'E')))
}

const KINDS = [null, 'chebyshev', 'legendre', 'polynomial'] as const
const CROSS = ['none', 'full', 'half'] as const

/** `1|2|3 xorder yorder 0|1|2 xmin xmax ymin ymax` and the coefficients, as IRAF saves a surface. */
const readSurface = (header: Header, axis: number, name: string): IrafSurface | null => {
  const numbers = readNumbers(joinCards(header, axis), name)
  if (numbers === null) return null
  const [kindNumber, xOrder, yOrder, crossNumber, x0, x1, y0, y1, ...coefficients] = numbers
  const [kind, cross] = [KINDS[kindNumber ?? 0], CROSS[crossNumber ?? -1]]
  const isOrder = (order: number | undefined): order is number =>
    Number.isInteger(order) && order! >= 1 && order! <= MOST_ORDER
  const wrong = (): Error => notReadable(`its ${name} is no surface of IRAF`, `WAT${axis}_001`)
  if (kind === undefined || kind === null || cross === undefined || !isOrder(xOrder) || !isOrder(yOrder))
    throw wrong()
  const surface: IrafSurface = {
    kind,
    xOrder,
    yOrder,
    cross,
    range: { x: [x0!, x1!], y: [y0!, y1!] },
    coefficients,
  }
  const count = countCoefficients(surface)
  if (coefficients.length < count || !numbers.every(Number.isFinite) || !(x1! > x0! && y1! > y0!))
    throw wrong()
  return { ...surface, coefficients: coefficients.slice(0, count) }
}

/** The corrections of TNX and ZPX, null where neither axis has one. */
export const readIrafSurfaces = (
  header: Header,
  { axis }: CelestialAxes,
): SkyPair<IrafSurface | null> | null => {
  const longitude = readSurface(header, axis.longitude, 'lngcor')
  const latitude = readSurface(header, axis.latitude, 'latcor')
  return longitude === null && latitude === null ? null : { longitude, latitude }
}

/** Coefficients of ZPX's radius, projp0 … projp9, as those of ZPN: they stand with either axis. */
export const readZpxParameters = (header: Header, { axis }: CelestialAxes): (number | undefined)[] => {
  const text = `${joinCards(header, axis.longitude)} ${joinCards(header, axis.latitude)}`
  const parameters = Array.from({ length: 10 }, (_, m) => {
    const value = new RegExp(`projp${m} ?= ?"? ?([-+.\\deEdD]{1,40})`).exec(text)?.[1]
    return value === undefined ? undefined : Number(value.replace(/[dD]/, 'E'))
  })
  return parameters.some((value) => value !== undefined) ? parameters : [0, 1]
}
