/**
 * @typedef {{ rightAscension: number, declination: number, magnitude: number, motion?: { east: number, north: number }, colour?: number }} Star
 * Degrees (ICRS, J2000), magnitudes; proper motion in milliarcseconds a year, east with cos(declination); colour is B-V.
 */

/**
 * Stars of a file 'TYC2C001', little endian: u32 stars, u32 stars of each of 180 zones of a degree from -90 on, u32 right ascensions
 * (1e-7 degrees; the first of a zone whole, the others less the one before), u16 declination in the zone (65535 to a degree),
 * u8 magnitude ((VT + 1) * 15).
 * @param {Uint8Array} bytes
 * @returns {Star[]}
 */
export const readTycho = (bytes) => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const magic = new TextDecoder('latin1').decode(bytes.subarray(0, 8))
  if (magic !== 'TYC2C001') throw new Error(`this is no compact Tycho-2 file: it begins with ${magic}`)
  const count = view.getUint32(8, true)
  const positions = 12 + 180 * 4
  if (bytes.length !== positions + count * 7) throw new Error('the Tycho-2 file is not as long as it says')
  const declinations = positions + count * 4
  const magnitudes = declinations + count * 2
  /** @type {Star[]} */
  const stars = []
  for (let zone = 0, at = 0; zone < 180; zone++) {
    const end = at + view.getUint32(12 + zone * 4, true)
    for (let total = 0; at < end; at++) {
      total += view.getUint32(positions + at * 4, true)
      stars.push({
        rightAscension: total / 1e7,
        declination: zone - 90 + view.getUint16(declinations + at * 2, true) / 65_535,
        magnitude: (bytes[magnitudes + at] ?? 0) / 15 - 1,
      })
    }
  }
  if (stars.length !== count) throw new Error('the zones of the Tycho-2 file do not add up')
  return stars
}

/** Arcseconds and magnitudes: the same star in two catalogues. */
const SAME_PLACE = 3
const SAME_LIGHT = 1

/**
 * Gives stars the colours of a second list, where a star of about the same brightness stands within three arcseconds.
 * @param {Star[]} stars
 * @param {readonly { rightAscension: number, declination: number, magnitude: number, colour: number }[]} coloured
 * @returns {number} how many were given one
 */
export const giveColours = (stars, coloured) => {
  const rowOf = (/** @type {{ declination: number }} */ star) => Math.floor((star.declination + 90) * 100)
  /** @type {Map<number, Star[]>} */
  const rows = new Map()
  for (const star of stars) {
    if (star.magnitude > 9.5) continue
    const row = rows.get(rowOf(star))
    if (row === undefined) rows.set(rowOf(star), [star])
    else row.push(star)
  }
  let given = 0
  for (const one of coloured) {
    const narrow = Math.cos((one.declination * Math.PI) / 180)
    /** @type {{ star: Star, apart: number } | null} */
    let best = null
    for (let row = rowOf(one) - 1; row <= rowOf(one) + 1; row++) {
      for (const star of rows.get(row) ?? []) {
        const turn = Math.abs(star.rightAscension - one.rightAscension)
        const apart =
          3600 * Math.hypot(Math.min(turn, 360 - turn) * narrow, star.declination - one.declination)
        if (apart > SAME_PLACE || Math.abs(star.magnitude - one.magnitude) > SAME_LIGHT) continue
        if (best === null || apart < best.apart) best = { star, apart }
      }
    }
    if (best === null || best.star.colour !== undefined) continue
    best.star.colour = one.colour
    given++
  }
  return given
}

/**
 * Stars with B-V of a GeoJSON list of d3-celestial.
 * @param {string} text
 */
export const readColours = (text) => {
  /** @type {{ features: { properties: { mag: number, bv: string }, geometry: { coordinates: [number, number] } }[] }} */
  const list = JSON.parse(text)
  return list.features
    .filter(({ properties }) => properties.bv !== '' && Number.isFinite(Number(properties.bv)))
    .map(({ properties, geometry: { coordinates } }) => ({
      rightAscension: (coordinates[0] + 360) % 360,
      declination: coordinates[1],
      magnitude: properties.mag,
      colour: Number(properties.bv),
    }))
}
