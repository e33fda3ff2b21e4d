import { joinBytes } from './deflate'

/** Numbers of 16 bits before and 16 after the point. */
const fixed = (values: readonly number[]): Uint8Array => {
  const bytes = new Uint8Array(4 * values.length)
  const view = new DataView(bytes.buffer)
  for (const [index, value] of values.entries()) view.setInt32(4 * index, Math.round(value * 65536))
  return bytes
}

const letters = (text: string): Uint8Array => new TextEncoder().encode(text)
const word = (value: number): Uint8Array => {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value)
  return bytes
}

const makePoint = (...values: readonly number[]): Uint8Array =>
  joinBytes([letters('XYZ '), word(0), fixed(values)])

/** One string of Unicode, in the tag type of version 4. */
const makeWords = (text: string): Uint8Array => {
  const bytes = new Uint8Array(2 * text.length)
  const view = new DataView(bytes.buffer)
  for (let letter = 0; letter < text.length; letter++) view.setUint16(2 * letter, text.charCodeAt(letter))
  const words = [
    letters('mluc'),
    word(0),
    word(1),
    word(12),
    letters('enUS'),
    word(bytes.length),
    word(28),
    bytes,
  ]
  const joined = joinBytes(words)
  return joinBytes([joined, new Uint8Array((4 - (joined.length % 4)) % 4)])
}

/** The curve of IEC 61966-2-1: (a x + b)^g from d on, c x below. */
const makeCurve = (): Uint8Array =>
  joinBytes([
    letters('para'),
    word(0),
    Uint8Array.of(0, 3, 0, 0),
    fixed([2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045]),
  ])

/**
 * A profile of sRGB (ICC.1:2022, version 4.4): primaries of ITU-R BT.709 and white of D65, adapted to D50 by Bradford's matrix, so that
 * a file can say which colours its numbers mean.
 */
export const makeSrgbProfile = (): Uint8Array<ArrayBuffer> => {
  const curve = makeCurve()
  const tags: readonly (readonly [string, Uint8Array])[] = [
    ['desc', makeWords('sRGB')],
    ['cprt', makeWords('CC0')],
    ['wtpt', makePoint(0.9642, 1, 0.8249)],
    ['rXYZ', makePoint(0.43607, 0.22249, 0.01392)],
    ['gXYZ', makePoint(0.38515, 0.71687, 0.09708)],
    ['bXYZ', makePoint(0.14307, 0.06061, 0.7141)],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
    [
      'chad',
      joinBytes([
        letters('sf32'),
        word(0),
        fixed([1.04788, 0.02292, -0.0502, 0.02959, 0.99048, -0.01706, -0.00923, 0.01508, 0.75168]),
      ]),
    ],
  ]
  const start = 128 + 4 + 12 * tags.length
  let at = start
  const entries: Uint8Array[] = []
  const data: Uint8Array[] = []
  const placed = new Map<Uint8Array, number>()
  for (const [name, bytes] of tags) {
    const known = placed.get(bytes)
    entries.push(letters(name), word(known ?? at), word(bytes.length))
    if (known !== undefined) continue
    placed.set(bytes, at)
    data.push(bytes)
    at += bytes.length
  }
  const header = new Uint8Array(128)
  const view = new DataView(header.buffer)
  view.setUint32(0, at)
  view.setUint32(8, 0x0440_0000)
  header.set(letters('mntrRGB XYZ '), 12)
  // The first of January 2026, since a profile has to have a date and the same file is to have the same bytes.
  for (const [index, value] of [2026, 1, 1].entries()) view.setUint16(24 + 2 * index, value)
  header.set(letters('acsp'), 36)
  header.set(fixed([0.9642, 1, 0.8249]), 68)
  return joinBytes([header, word(tags.length), ...entries, ...data])
}
