/**
 * How the sky is cut: eighteen bands of declination of ten degrees, each into equal parts in right ascension that are about as wide as
 * they are high in the band's middle. A cone meets a part where intervals of angles overlap, so that nothing has to be searched.
 */

/** Degrees. */
export const BAND_HEIGHT = 10
const BANDS = 180 / BAND_HEIGHT
/** Right ascensions of a tile are counted in these, per degree: 0.036 arcseconds, less than the catalogue's own error. */
export const STEPS_PER_DEGREE = 100_000

/** @returns {{ name: string, south: number, north: number, west: number, east: number }[]} degrees, west and east in whole steps */
export const listTiles = () => {
  /** @type {{ name: string, south: number, north: number, west: number, east: number }[]} */
  const tiles = []
  for (let band = 0; band < BANDS; band++) {
    const south = -90 + band * BAND_HEIGHT
    const middle = ((south + BAND_HEIGHT / 2) * Math.PI) / 180
    const parts = Math.max(1, Math.round((360 * Math.cos(middle)) / BAND_HEIGHT))
    const edge = (/** @type {number} */ part) =>
      Math.round((360 * STEPS_PER_DEGREE * part) / parts) / STEPS_PER_DEGREE
    for (let part = 0; part < parts; part++) {
      const name = `${String(band).padStart(2, '0')}-${String(part).padStart(2, '0')}`
      tiles.push({ name, south, north: south + BAND_HEIGHT, west: edge(part), east: edge(part + 1) })
    }
  }
  return tiles
}
