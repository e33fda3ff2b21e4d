import { STEPS_PER_DEGREE } from './tile-grid.mjs'

/** @typedef {import('./read-tycho.mjs').Star} Star */

const HEADER = 32
const MOTIONS = 1
const COLOURS = 2

/** @param {number[]} values whole and not negative, seven bits a byte, the lowest first, all but the last with the top bit */
const packNumbers = (values) => {
  /** @type {number[]} */
  const bytes = []
  for (let value of values) {
    for (; value >= 128; value = Math.floor(value / 128)) bytes.push((value % 128) + 128)
    bytes.push(value)
  }
  return Uint8Array.from(bytes)
}

/** @param {number} value @param {number} limit */
const clampWhole = (value, limit) => Math.max(0, Math.min(limit, Math.round(value)))

/**
 * A tile as docs/catalogue.md lays it out. Stars beyond its borders are an error of the caller and not looked for.
 * @param {{ south: number, north: number, west: number, east: number }} borders
 * @param {readonly Star[]} stars
 * @param {number} epoch Julian year of the positions
 * @returns {Uint8Array<ArrayBuffer>}
 */
export const encodeTile = (borders, stars, epoch = 2000) => {
  const zones = borders.north - borders.south
  const zoneOf = (/** @type {Star} */ star) =>
    Math.min(zones - 1, Math.max(0, Math.floor(star.declination) - borders.south))
  const ordered = [...stars].sort((a, b) => zoneOf(a) - zoneOf(b) || a.rightAscension - b.rightAscension)
  const count = ordered.length
  const west = Math.round(borders.west * STEPS_PER_DEGREE)
  const moving = ordered.some(({ motion }) => motion !== undefined)
  const coloured = ordered.flatMap(({ colour }, index) => (colour === undefined ? [] : [{ colour, index }]))

  const counts = new Uint32Array(zones)
  /** @type {number[]} */
  const steps = []
  let before = west
  for (const [index, star] of ordered.entries()) {
    if (index === 0 || zoneOf(star) !== zoneOf(ordered[index - 1] ?? star)) before = west
    counts[zoneOf(star)] = (counts[zoneOf(star)] ?? 0) + 1
    const step = Math.max(before, Math.round(star.rightAscension * STEPS_PER_DEGREE))
    steps.push(step - before)
    before = step
  }
  const rightAscensions = packNumbers(steps)
  const places = packNumbers(
    coloured.map(({ index }, rank) => index - (rank === 0 ? 0 : (coloured[rank - 1]?.index ?? 0))),
  )
  const length =
    HEADER +
    zones * 4 +
    4 +
    rightAscensions.length +
    count * 3 +
    (moving ? count * 4 : 0) +
    (coloured.length === 0 ? 0 : 8 + places.length + coloured.length)
  const bytes = new Uint8Array(length)
  const view = new DataView(bytes.buffer)
  bytes.set(new TextEncoder().encode('ASTC'))
  view.setUint16(4, 1, true)
  view.setUint16(6, (moving ? MOTIONS : 0) | (coloured.length === 0 ? 0 : COLOURS), true)
  view.setFloat64(8, epoch, true)
  view.setInt16(16, borders.south, true)
  view.setUint16(18, zones, true)
  view.setUint32(20, west, true)
  view.setUint32(24, Math.round(borders.east * STEPS_PER_DEGREE), true)
  view.setUint32(28, count, true)
  let at = HEADER
  for (const stored of counts) {
    view.setUint32(at, stored, true)
    at += 4
  }
  view.setUint32(at, rightAscensions.length, true)
  bytes.set(rightAscensions, at + 4)
  at += 4 + rightAscensions.length
  for (const star of ordered) {
    view.setUint16(at, clampWhole((star.declination - borders.south - zoneOf(star)) * 65_535, 65_535), true)
    at += 2
  }
  for (const star of ordered) bytes[at++] = clampWhole((star.magnitude + 2) * 15, 255)
  if (moving) {
    for (const star of ordered) {
      view.setInt16(at, Math.round(star.motion?.east ?? 0), true)
      view.setInt16(at + 2, Math.round(star.motion?.north ?? 0), true)
      at += 4
    }
  }
  if (coloured.length > 0) {
    view.setUint32(at, coloured.length, true)
    view.setUint32(at + 4, places.length, true)
    bytes.set(places, at + 8)
    at += 8 + places.length
    for (const { colour } of coloured) bytes[at++] = clampWhole((colour + 1) * 40, 255)
  }
  return bytes
}
