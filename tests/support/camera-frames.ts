import { writeFitsImage } from '../../web/science/fits'
import { createRandom } from '../../web/science/math/random'

/** What the simulated camera is made of: electrons per ADU, electrons, ADU above the bias, degrees. */
export const SIMULATED_CAMERA = { gain: 2, readNoise: 9, fullWell: 40_000, doubling: 6, bias: 1000 }

const SIDE = 240
/** Electrons per second of the lamp in the middle, and in the dark at 0 degrees. */
const LAMP = 2000
const DARK = 8

interface Shot {
  readonly kind: 'Bias' | 'Dark' | 'Flat'
  readonly name: string
  readonly start: string
  readonly exposure: number
  readonly temperature: number
  /** The lamp shone from the side. */
  readonly slanted?: boolean
}

const shoot = (shot: Shot): Buffer => {
  const { gain, readNoise, fullWell, doubling, bias } = SIMULATED_CAMERA
  const random = createRandom(`camera/${shot.name}`)
  const fixed = createRandom('camera/pixels')
  const warmth = 2 ** (shot.temperature / doubling)
  const data = Uint16Array.from({ length: SIDE * SIDE }, (_, pixel) => {
    const response = 1 + 0.01 * fixed.normal()
    const isHot = fixed.uniform() < 0.002
    const slant = shot.slanted === true ? 1 + 0.01 * ((pixel % SIDE) / SIDE - 0.5) : 1
    const light = shot.kind === 'Flat' ? LAMP * shot.exposure * response * slant : 0
    const dark = DARK * warmth * shot.exposure * (isHot ? 100 : 1)
    const electrons = Math.min(random.poisson(light + dark), fullWell * gain)
    return Math.max(0, Math.min(65_535, Math.round(bias + (electrons + readNoise * random.normal()) / gain)))
  })
  const bytes = writeFitsImage({
    image: { width: SIDE, height: SIDE, data },
    header: [],
    added: [
      { keyword: 'IMAGETYP', value: `${shot.kind} Frame` },
      { keyword: 'INSTRUME', value: 'Simulated CCD' },
      { keyword: 'EXPTIME', value: shot.exposure },
      { keyword: 'CCD-TEMP', value: shot.temperature },
      { keyword: 'DATE-OBS', value: shot.start },
      ...(shot.kind === 'Flat' ? [{ keyword: 'FILTER', value: 'R' }] : []),
    ],
    bitpix: 16,
  })
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** Bias and darks at three temperatures, pairs of flats from faint to beyond full, and flats of another night, as files. */
export const makeCameraFrames = () => {
  const shots: Omit<Shot, 'name' | 'start'>[] = [-10, 0, 10].flatMap((temperature) => [
    ...[1, 2, 3].map(() => ({ kind: 'Bias' as const, exposure: 0, temperature })),
    ...[30, 30, 120, 120].map((exposure) => ({ kind: 'Dark' as const, exposure, temperature })),
  ])
  for (const exposure of [1, 4, 10, 20, 30, 38, 45])
    for (let pair = 0; pair < 2; pair++) shots.push({ kind: 'Flat', exposure, temperature: -10 })
  const named = shots.map((shot, index): Shot => ({
    ...shot,
    name: `${shot.kind.toLowerCase()}-${String(index).padStart(3, '0')}.fits`,
    start: `2025-03-01T20:${String(Math.floor(index / 2)).padStart(2, '0')}:${index % 2 === 0 ? '00' : '30'}`,
  }))
  for (let index = 0; index < 2; index++)
    named.push({
      kind: 'Flat',
      name: `flat-second-night-${index}.fits`,
      start: `2025-03-04T20:00:${index === 0 ? '00' : '30'}`,
      exposure: 10,
      temperature: -10,
      slanted: true,
    })
  return named.map((shot) => ({ name: shot.name, mimeType: 'application/fits', buffer: shoot(shot) }))
}
