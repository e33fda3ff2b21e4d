import { mkdirSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { writeUint16 } from './fits-file.mjs'
import { Random } from './random.mjs'

/**
 * Frames of the sky with known places, drawn from the catalogue that comes with the app: its tiles are read here by their description in
 * docs/catalogue.md, and not with the app's own reader.
 *
 * @typedef {{ path: string, ra: number, dec: number, scale: number }} SkyFrame degrees of the middle, arcseconds a pixel
 * @typedef {{ ra: number, dec: number, magnitude: number }} SkyStar
 */

const RADIAN = Math.PI / 180
const WIDTH = 1200
const HEIGHT = 900
/** Magnitude down to which stars are drawn, and ADU of one of them. */
const FAINTEST = 11.5
const FAINTEST_FLUX = 2500
const SKY = 500
/** Pixels: sigma of a star, and half the side of the square on which it is drawn. */
const SIGMA = 1.4
const REACH = 7

/** @param {Buffer} bytes @returns {SkyStar[]} */
const readTile = (bytes) => {
  const [south, zones] = [bytes.readInt16LE(16), bytes.readUInt16LE(18)]
  const [west, count] = [bytes.readUInt32LE(20), bytes.readUInt32LE(28)]
  let at = 36 + 4 * zones
  const lengthOfNumbers = bytes.readUInt32LE(32 + 4 * zones)
  const decs = at + lengthOfNumbers
  const magnitudes = decs + 2 * count
  /** @type {SkyStar[]} */
  const stars = []
  for (let zone = 0; zone < zones; zone += 1) {
    let steps = west
    for (let left = bytes.readUInt32LE(32 + 4 * zone); left > 0; left -= 1) {
      for (let shift = 0; ; shift += 7) {
        const byte = bytes[at] ?? 0
        at += 1
        steps += (byte & 127) * 2 ** shift
        if (byte < 128) break
      }
      const star = stars.length
      stars.push({
        ra: steps / 100_000,
        dec: south + zone + bytes.readUInt16LE(decs + 2 * star) / 65_535,
        magnitude: (bytes[magnitudes + star] ?? 0) / 15 - 2,
      })
    }
  }
  return stars
}

/** @param {string} folder of tiles @returns {SkyStar[]} */
const readSky = (folder) =>
  readdirSync(folder)
    .filter((name) => /^\d\d-\d\d\.bin$/.test(name))
    .sort()
    .flatMap((name) => readTile(readFileSync(join(folder, name))))
    .filter(({ magnitude }) => magnitude <= FAINTEST)

/**
 * @param {readonly SkyStar[]} sky
 * @param {{ ra: number, dec: number, scale: number, turn: number }} where turn in degrees
 */
const project = (sky, { ra, dec, scale, turn }) => {
  const [sinDec, cosDec] = [Math.sin(dec * RADIAN), Math.cos(dec * RADIAN)]
  const reach = (Math.hypot(WIDTH, HEIGHT) * scale) / 7200 + 0.1
  return sky.flatMap((star) => {
    if (Math.abs(star.dec - dec) > reach) return []
    const away = (star.ra - ra) * RADIAN
    const [sin, cos] = [Math.sin(star.dec * RADIAN), Math.cos(star.dec * RADIAN)]
    const up = sinDec * sin + cosDec * cos * Math.cos(away)
    if (up < Math.cos(reach * RADIAN)) return []
    const xi = ((cos * Math.sin(away)) / up / RADIAN) * 3600
    const eta = ((cosDec * sin - sinDec * cos * Math.cos(away)) / up / RADIAN) * 3600
    const [c, s] = [Math.cos(turn * RADIAN), Math.sin(turn * RADIAN)]
    // East to the left: the sky as it is seen.
    const x = (WIDTH - 1) / 2 - (xi * c - eta * s) / scale
    const y = (HEIGHT - 1) / 2 + (xi * s + eta * c) / scale
    const isInside = x > 0 && y > 0 && x < WIDTH - 1 && y < HEIGHT - 1
    return isInside ? [{ x, y, flux: FAINTEST_FLUX * 10 ** (0.4 * (FAINTEST - star.magnitude)) }] : []
  })
}

/** @param {Random} random @param {readonly { x: number, y: number, flux: number }[]} stars */
const draw = (random, stars) => {
  const light = new Float32Array(WIDTH * HEIGHT).fill(SKY)
  for (const { x, y, flux } of stars) {
    const peak = flux / (2 * Math.PI * SIGMA * SIGMA)
    for (let row = Math.round(y) - REACH; row <= Math.round(y) + REACH; row += 1) {
      for (let column = Math.round(x) - REACH; column <= Math.round(x) + REACH; column += 1) {
        if (row < 0 || column < 0 || row >= HEIGHT || column >= WIDTH) continue
        const square = ((column - x) ** 2 + (row - y) ** 2) / (2 * SIGMA * SIGMA)
        const at = row * WIDTH + column
        light[at] = (light[at] ?? 0) + peak * Math.exp(-square)
      }
    }
  }
  return Uint16Array.from(light, (value) =>
    Math.max(0, Math.min(60_000, Math.round(value + Math.sqrt(value) * random.normal()))),
  )
}

/**
 * Frames of 0.8 to 3 degrees anywhere on the sky, with headers as telescopes write them: the pointing off by up to a third of a degree, the
 * scale by some per cent.
 * @param {string} folder
 * @param {{ tiles: string, count: number, seed?: number }} wanted
 * @returns {SkyFrame[]}
 */
export const makeSkyFrames = (folder, { tiles, count, seed = 411 }) => {
  mkdirSync(folder, { recursive: true })
  const random = new Random(seed)
  const sky = readSky(tiles)
  /** @type {SkyFrame[]} */
  const frames = []
  while (frames.length < count) {
    const size = 0.8 * (3 / 0.8) ** random.uniform()
    const scale = (size * 3600) / Math.sqrt(WIDTH * HEIGHT)
    const ra = random.between(0, 360)
    const dec = Math.asin(random.between(-0.98, 0.98)) / RADIAN
    const stars = project(sky, { ra, dec, scale, turn: random.between(0, 360) })
    if (stars.length < 8) continue
    const path = join(folder, `sky_${String(frames.length + 1).padStart(3, '0')}.fits`)
    writeUint16(path, { width: WIDTH, height: HEIGHT, data: draw(random, stars) }, [
      ['IMAGETYP', 'LIGHT'],
      ['EXPTIME', 60],
      ['DATE-OBS', `2024-01-01T00:${String(frames.length % 60).padStart(2, '0')}:00`],
      ['TELESCOP', `bench ${frames.length + 1}`],
      ['RA', (ra + random.between(-0.3, 0.3) / Math.cos(dec * RADIAN) + 360) % 360],
      ['DEC', Math.max(-90, Math.min(90, dec + random.between(-0.3, 0.3)))],
      ['PIXSCALE', scale * random.between(0.96, 1.04)],
    ])
    frames.push({ path, ra, dec, scale })
  }
  return frames
}
