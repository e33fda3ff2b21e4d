import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/**
 * @typedef {{ uniform: () => number, normal: () => number, split: (label: string) => Random }} Random
 * @typedef {{ ra: number, dec: number, magnitude: number, colour: number }} ClusterStar
 * @typedef {{ camera: object, atmosphere: object }} Recipe
 * @typedef {{ frameCount: number, render: (index: number) => Frame }} Night
 * @typedef {object} App
 * @property {(stars: readonly object[], changes?: object) => Recipe} transitNight
 * @property {(recipe: Recipe) => Night} simulateNight
 * @property {(image: object) => Uint8Array} writeFitsImage
 * @property {(seed: string) => Random} createRandom
 * @typedef {{ name: string, width: number, height: number, data: Uint16Array, cards: readonly object[] }} Frame
 */

const CENTRE = { ra: 83.2, dec: 34.1 }
/** Middle wavelengths of the filters, nanometres (Bessell 2005, ARA&A 43, 293). */
const FILTERS = /** @type {const} */ ({ B: 440, V: 550, R: 640 })
const SUN = 0.65

/**
 * Temperature of a star from its B-V, kelvins (Ballesteros 2012, EPL 97, 34008).
 * @param {number} colour
 */
const temperatureOf = (colour) => 4600 * (1 / (0.92 * colour + 1.7) + 1 / (0.92 * colour + 0.62))

/**
 * Light of a black body at a wavelength (nm) over that at 550 nm.
 * @param {number} wavelength @param {number} kelvins
 */
const planckRatio = (wavelength, kelvins) => {
  /** @param {number} nanometres */
  const planck = (nanometres) => nanometres ** -5 / Math.expm1(1.438_777e7 / (nanometres * kelvins))
  return planck(wavelength) / planck(550)
}

/**
 * V to the magnitude in a filter in which a star like the sun has its V.
 * @param {ClusterStar} star @param {number} wavelength
 */
const magnitudeIn = ({ magnitude, colour }, wavelength) =>
  magnitude -
  2.5 *
    Math.log10(planckRatio(wavelength, temperatureOf(colour)) / planckRatio(wavelength, temperatureOf(SUN)))

/**
 * A cluster of some hundred million years before the stars of the Milky Way: a main sequence with its turn-off, a few giants, and a field that grows
 * towards faint stars. Made from a seed alone.
 * @param {Random} random
 * @returns {ClusterStar[]}
 */
const makeStars = (random) => {
  /** @param {number} radius degrees @param {number} angle */
  const place = (radius, angle) => ({
    ra: CENTRE.ra + (radius * Math.cos(angle)) / Math.cos((CENTRE.dec * Math.PI) / 180),
    dec: CENTRE.dec + radius * Math.sin(angle),
  })
  const inCluster = () =>
    place(0.045 * Math.sqrt(1 / (1 - 0.93 * random.uniform()) - 1), 2 * Math.PI * random.uniform())
  const cluster = Array.from({ length: 420 }, () => {
    const magnitude = 8.6 + 9.4 * random.uniform() ** 0.55
    // Main sequence: from blue at the turn-off to red at its faint end, with some breadth and pairs of stars above it.
    const along = (magnitude - 8.6) / 9.4
    const colour = -0.14 + 1.55 * along ** 1.35 + 0.035 * random.normal()
    return { ...inCluster(), magnitude: magnitude - (random.uniform() < 0.25 ? 0.5 : 0), colour }
  })
  const giants = Array.from({ length: 9 }, () => ({
    ...inCluster(),
    magnitude: 8.7 + 1.2 * random.uniform(),
    colour: 1.15 + 0.35 * random.uniform(),
  }))
  const field = Array.from({ length: 900 }, () => ({
    ra: CENTRE.ra + (0.62 * (random.uniform() - 0.5)) / Math.cos((CENTRE.dec * Math.PI) / 180),
    dec: CENTRE.dec + 0.5 * (random.uniform() - 0.5),
    magnitude: 11.5 + 7 * random.uniform() ** 0.4,
    colour: Math.max(-0.1, 0.85 + 0.42 * random.normal()),
  }))
  return [...cluster, ...giants, ...field]
}

/**
 * Frames of three filters of a made-up cluster, with their bias frames and flats, drawn by the app's own simulator.
 * @returns {Promise<{ frames: { name: string, bytes: Uint8Array }[] }>}
 */
export const simulateCluster = async () => {
  const server = await createServer({
    root: ROOT,
    configFile: false,
    cacheDir: '.cache/pictures',
    appType: 'custom',
    logLevel: 'error',
    optimizeDeps: { noDiscovery: true },
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  })
  try {
    const modules = await Promise.all(
      ['simulator/index', 'fits/index', 'math/random'].map((path) =>
        server.ssrLoadModule(`/web/science/${path}.ts`),
      ),
    )
    const { simulateNight, transitNight, writeFitsImage, createRandom } = /** @type {App} */ (
      Object.assign({}, ...modules)
    )
    const stars = makeStars(createRandom('a cluster in three filters'))
    /** @type {{ name: string, bytes: Uint8Array }[]} */
    const frames = []
    for (const [filter, wavelength] of Object.entries(FILTERS)) {
      const own = stars.map((star) => ({
        ra: star.ra,
        dec: star.dec,
        magnitude: magnitudeIn(star, wavelength),
      }))
      const base = transitNight(own)
      const night = simulateNight(
        transitNight(own, {
          seed: 'cluster night',
          width: 1280,
          height: 960,
          filter,
          object: 'Simulated cluster',
          centre: CENTRE,
          target: { ...CENTRE, transit: null },
          background: { count: 0, brightest: 12, faintest: 18, slope: 0.3 },
          exposure: 120,
          counts: { bias: 5, dark: 5, flat: 5, light: 8 },
          // In winter, high in the middle of the night.
          start: '2025-12-14T23:10:00',
          biasStart: '2025-12-14T17:20:00',
          flatStart: '2025-12-14T18:20:00',
          camera: {
            ...base.camera,
            focalLength: 1900,
            fullWell: 280_000,
            gain: 4,
            readNoise: 9,
            zeroPoint: 2.2e7,
          },
          atmosphere: { ...base.atmosphere, seeing: 3.1, skyBrightness: 21.2, clouds: 0 },
          pointing: { drift: [9, -7], jump: null, dither: 2.2, rotation: 0.1, flipAt: null },
          trailAt: null,
        }),
      )
      for (let index = 0; index < night.frameCount; index++) {
        const frame = night.render(index)
        // Without light no filter matters: one set of bias and dark frames does for all.
        if (frames.length >= night.frameCount && /bias|dark/.test(frame.name)) continue
        frames.push({
          name: `${filter}-${frame.name.replaceAll('/', '-')}`,
          bytes: writeFitsImage({ image: frame, header: [], added: frame.cards, bitpix: 16 }),
        })
      }
    }
    return { frames }
  } finally {
    await server.close()
  }
}
