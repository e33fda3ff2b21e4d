import type { Direction, Place } from './sky-geometry'
import type { TransitParameters } from './transit-model'

export interface CatalogueStar extends Direction {
  readonly magnitude: number
}

/** Made-up stars below the catalogue's limit; their number grows as 10^(slope magnitude). */
export interface BackgroundStars {
  readonly count: number
  readonly brightest: number
  readonly faintest: number
  readonly slope: number
}

export interface Camera {
  readonly name: string
  readonly telescope: string
  /** Micrometres, as binned. */
  readonly pixelSize: number
  readonly binning: number
  /** Millimetres. */
  readonly focalLength: number
  /** Centimetres. */
  readonly aperture: number
  /** Electrons per ADU. */
  readonly gain: number
  /** Electrons, one sigma. */
  readonly readNoise: number
  /** ADU. */
  readonly biasLevel: number
  /** Electrons a second, of an ordinary pixel. */
  readonly darkCurrent: number
  /** Part of the pixels that are hot. */
  readonly hotPixels: number
  /** Electrons that a pixel holds. */
  readonly fullWell: number
  /** Degrees Celsius. */
  readonly temperature: number
  /** Electrons a second from a star of magnitude 0 above the atmosphere. */
  readonly zeroPoint: number
  /** Cosmic-ray hits a second on the whole frame. */
  readonly cosmicRays: number
}

export interface Atmosphere {
  /** Magnitudes per air mass. */
  readonly extinction: number
  /** More of it for a blue star: magnitudes per air mass and magnitude of B-V, about B-V = 0.7. */
  readonly colourTerm: number
  /** FWHM at the zenith, arcseconds, telescope and focus included. */
  readonly seeing: number
  /** Magnitudes per square arcsecond at the zenith in a dark night. */
  readonly skyBrightness: number
  /** Light lost in the thickest cloud, 0 to 1. */
  readonly clouds: number
  readonly scintillation: boolean
}

export interface FrameCounts {
  readonly bias: number
  readonly dark: number
  readonly flat: number
  readonly light: number
}

/** Everything that a night is made of. The same recipe gives the same bytes on every machine. */
export interface SimulationRecipe {
  readonly seed: string
  readonly width: number
  readonly height: number
  readonly site: Place & { readonly elevation: number; readonly name: string }
  /** Start of the first light, bias and of the first twilight flat; ISO 8601 UTC. */
  readonly start: string
  readonly biasStart: string
  readonly flatStart: string
  /** Seconds. */
  readonly exposure: number
  readonly cadence: number
  readonly flatExposure: number
  /** ADU above bias in the first flat, and the part of it that is left in the last. */
  readonly flatLevel: number
  readonly flatDecline: number
  readonly filter: string
  /** OBJECT and stem of the lights' file names. */
  readonly object: string
  /** Centre of the field, J2000. */
  readonly centre: Direction
  /** Catalogue stars, the target among them. */
  readonly stars: readonly CatalogueStar[]
  readonly target: Direction & { readonly transit: TransitParameters | null }
  readonly background: BackgroundStars
  readonly counts: FrameCounts
  readonly camera: Camera
  readonly atmosphere: Atmosphere
  readonly pointing: {
    /** Pixels over the whole night. */
    readonly drift: readonly [number, number]
    /** Pixels of a jump and the light (0-based) at which it happens; null for none. */
    readonly jump: { readonly at: number; readonly by: readonly [number, number] } | null
    /** One sigma of the scatter between frames, pixels. */
    readonly dither: number
    /** Degrees over the whole night. */
    readonly rotation: number
    /** Light from which on the field stands on its head; null for never. */
    readonly flipAt: number | null
  }
  /** Light with a satellite's trail; null for none. */
  readonly trailAt: number | null
}

/** Middle of the demonstration's transit: half way through its lights. Julian date, UTC. */
const MID_TRANSIT = 2_460_970.399_3

/**
 * One autumn night on a mountain in the Canaries: a planet of 2.2 % depth and 2.6 h goes before a star of magnitude 11.5
 * that rises from air mass 2.2 to 1.1. The field's stars come from outside; star and planet parameters are made up.
 */
export const transitNight = (
  stars: readonly CatalogueStar[],
  changes: Partial<SimulationRecipe> = {},
): SimulationRecipe => ({
  seed: 'transit night',
  width: 900,
  height: 700,
  site: { latitude: 28.3, longitude: -16.51, elevation: 2390, name: 'Simulated site, Tenerife' },
  start: '2025-10-21T19:40:00',
  biasStart: '2025-10-21T17:20:00',
  flatStart: '2025-10-21T18:52:00',
  exposure: 60,
  cadence: 174,
  flatExposure: 3,
  flatLevel: 28_000,
  flatDecline: 0.7,
  filter: 'R',
  object: 'demo-transit',
  centre: { ra: 31.0428, dec: 46.6878 },
  stars,
  target: {
    ra: 31.0428,
    dec: 46.6878,
    transit: {
      radiusRatio: 0.1365,
      scaledAxis: 7.1,
      inclination: 88.6,
      period: 2.15,
      midTime: MID_TRANSIT,
      limbDarkening: [0.35, 0.25],
    },
  },
  background: { count: 1450, brightest: 12.2, faintest: 18.5, slope: 0.26 },
  counts: { bias: 12, dark: 10, flat: 12, light: 80 },
  camera: {
    name: 'Simulated CCD',
    telescope: 'Simulated 35 cm',
    pixelSize: 13.5,
    binning: 1,
    focalLength: 1740,
    aperture: 35,
    gain: 1.4,
    readNoise: 9,
    biasLevel: 520,
    darkCurrent: 0.12,
    hotPixels: 0.0012,
    fullWell: 85_000,
    temperature: -10,
    zeroPoint: 2.2e8,
    cosmicRays: 0.12,
  },
  atmosphere: {
    extinction: 0.15,
    colourTerm: 0.012,
    seeing: 4.2,
    skyBrightness: 20.6,
    clouds: 0.22,
    scintillation: true,
  },
  pointing: { drift: [38, -21], jump: { at: 55, by: [17, 26] }, dither: 1.6, rotation: 0.22, flipAt: null },
  trailAt: 33,
  ...changes,
})
