import type { BayerPattern } from './colour-channel'
import type { PixelSection } from './pixel-section'
import type { Degrees } from './units'

export const FRAME_KINDS = [
  'bias',
  'dark',
  'flat',
  'arc',
  'light',
  'unknown',
  'master-bias',
  'master-dark',
  'master-flat',
  'master-arc',
  'master-bad-pixels',
  'master-fringe',
  'reduced',
  'stack',
  'composite',
] as const

export type FrameKind = (typeof FRAME_KINDS)[number]

/** Kinds that come from a camera; the others are made here. */
export type RawFrameKind = 'bias' | 'dark' | 'flat' | 'arc' | 'light' | 'unknown'

/** What the scripting contract promises about a frame. */
export interface FrameSummary {
  readonly id: string
  readonly name: string
  readonly sha256: string
  readonly kind: FrameKind
  readonly telescope: string
  readonly instrument: string
  /** Local noon to noon at the site, `YYYY-MM-DD+DD`. Empty when the time is not known. */
  readonly night: string
  readonly filter: string | null
  /** Seconds. */
  readonly exposure: number | null
  readonly object: string | null
  readonly duplicate?: boolean
  readonly width: number
  readonly height: number
  /** ISO 8601 UTC, exposure start. */
  readonly dateObs: string | null
  readonly warnings: readonly string[]
}

/** East positive, metres above sea level. */
export interface Site {
  readonly latitude: Degrees
  readonly longitude: Degrees
  readonly elevation: number
  readonly name: string | null
}

/** Where a value came from: shown beside it, so that a student can see why a frame was taken for a dark. */
export type FieldSource = 'header' | 'profile' | 'path' | 'person' | 'assumed' | 'pixels'

/** The facts of a frame that the reduction needs, from header, profile, path or person. All that is unknown is null. */
export interface FrameFacts {
  readonly kind: RawFrameKind
  readonly telescope: string
  readonly instrument: string
  readonly night: string
  readonly filter: string | null
  /** Seconds. */
  readonly exposure: number | null
  readonly object: string | null
  /** ISO 8601 UTC, exposure start. */
  readonly dateObs: string | null
  readonly binning: readonly [number, number]
  /** Electrons per ADU. Never the camera's gain setting. */
  readonly gain: number | null
  /** The camera's gain setting, a number without a unit: only good for matching frames. */
  readonly gainSetting: number | null
  /** Electrons, one sigma. */
  readonly readNoise: number | null
  /** Degrees Celsius. */
  readonly temperature: number | null
  /** ADU at and above which a pixel cannot be trusted. */
  readonly saturation: number | null
  readonly site: Site | null
  /** ICRS degrees of the pointing, as the header says. */
  readonly rightAscension: Degrees | null
  readonly declination: Degrees | null
  readonly airmass: number | null
  /** Arcseconds per pixel. */
  readonly pixelScale: number | null
  // What follows is absent from records of older versions, which says the same as null.
  /** ADU that were added to every pixel before it was written. */
  readonly pedestal?: number | null
  /** What the camera or its program took off before the frame was written; a dark takes its bias with it. Null where nothing says so. */
  readonly subtracted?: 'bias' | 'dark' | 'none' | null
  /** Colours of the first two pixels of the first two stored rows; null for a camera without a colour mask. */
  readonly bayerPattern?: BayerPattern | null
  /** Which row of the picture comes first in the file. */
  readonly rowOrder?: 'top-down' | 'bottom-up' | null
  /** The picture shows the sky as a mirror does, once its rows stand in their order. */
  readonly mirrored?: boolean | null
  /** Pixels that saw no light. */
  readonly overscan?: PixelSection | null
  /** Pixels that are to be kept. */
  readonly trim?: PixelSection | null
  /** Micrometres, of a pixel as it is stored: binning included. */
  readonly pixelSize?: number | null
  /** Millimetres. */
  readonly focalLength?: number | null
}

/** Where the pixels of a frame lie within stored bytes. */
export interface PixelLocation {
  /** Key of the bytes in the pixel store. */
  readonly bytesId: string
  /** 0-based HDU number. */
  readonly hdu: number
  /** Bytes from the start of the file to the header and to the data of this HDU. */
  readonly headerOffset: number
  readonly dataOffset: number
  readonly dataLength: number
  readonly bitpix: 8 | 16 | 32 | 64 | -32 | -64
  readonly bzero: number
  readonly bscale: number
  readonly blank: number | null
  /** True for a tile-compressed image (fpack); the data unit is then a binary table. */
  readonly compressed: boolean
  /** 0-based plane of a compressed cube; of a plain one `dataOffset` points at the plane itself. */
  readonly plane?: number
}

/** ADU: the value that 1 % of the pixels are at or below, their median and their robust deviation. */
export interface FrameLevel {
  readonly low: number
  readonly median: number
  readonly deviation: number
}

/** A raw frame as it is stored. Facts are what was read; corrections are what a person said, and win. */
export interface ExposureRecord {
  readonly id: string
  readonly name: string
  /** Folder and file as it was dropped, '/' separated. */
  readonly path: string
  readonly sha256: string
  readonly batch: string
  readonly width: number
  readonly height: number
  readonly pixels: PixelLocation
  readonly facts: FrameFacts
  readonly corrections: Partial<FrameFacts>
  readonly sources: Partial<Record<keyof FrameFacts, FieldSource>>
  /** Name of the instrument profile that was recognised, or 'generic'. */
  readonly profile: string
  readonly warnings: readonly string[]
  /** How many of the warnings, from the first on, come from reading the facts; the others are about the file. */
  readonly factWarnings?: number
  /** Where its pixels lie, ADU, from a sample of them as it came in; absent from records of older versions. */
  readonly level?: FrameLevel | null
  /** Excluded by a person from every order. */
  readonly excluded: boolean
  /** Of a cube, which shows its first one; absent where there is one. */
  readonly planes?: number
  /** A plane of a cube that was made a frame of its own: `number` counts from 1. */
  readonly plane?: { readonly cube: string; readonly number: number; readonly of: number }
  /** The file that it was converted from when it came in; `sha256` is that of the FITS file which is kept. */
  readonly original?: { readonly format: string; readonly sha256: string }
  /** Milliseconds since 1970, when it came in. */
  readonly ingestedAt: number
}

/** So many planes of a cube can be made frames in one go. */
export const MOST_PLANES = 2000

/** Planes of a frame: more than one for a cube. */
export const planesOf = ({ planes, pixels, width, height }: ExposureRecord): number => {
  if (planes !== undefined) return planes
  // Records of older versions say it by the bytes that they have, where those are not packed.
  const length = (width * height * Math.abs(pixels.bitpix)) / 8
  return pixels.compressed || length === 0 ? 1 : Math.max(1, Math.floor(pixels.dataLength / length))
}

/** What reading a header gave: it is done again when a profile changes, and what a person said stays. */
export type FrameReading = Pick<ExposureRecord, 'facts' | 'sources' | 'profile' | 'warnings' | 'factWarnings'>

export const effectiveFacts = (exposure: Pick<ExposureRecord, 'facts' | 'corrections'>): FrameFacts => ({
  ...exposure.facts,
  ...exposure.corrections,
})

export const summariseExposure = (exposure: ExposureRecord): FrameSummary => {
  const facts = effectiveFacts(exposure)
  return {
    id: exposure.id,
    name: exposure.name,
    sha256: exposure.sha256,
    kind: facts.kind,
    telescope: facts.telescope,
    instrument: facts.instrument,
    night: facts.night,
    filter: facts.filter,
    exposure: facts.exposure,
    object: facts.object,
    width: exposure.width,
    height: exposure.height,
    dateObs: facts.dateObs,
    warnings: exposure.warnings,
  }
}
