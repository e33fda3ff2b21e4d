import type { QualityNumber } from './master'

/** A rectangle of stored pixels, counted from 0. */
export interface CameraRegion {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** A camera as it is read out: what may be characterised together. */
export interface CameraIdentity {
  readonly telescope: string
  readonly instrument: string
  readonly binning: readonly [number, number]
  readonly width: number
  readonly height: number
  readonly gainSetting: number | null
}

export interface TransferPointRecord {
  readonly frames: readonly [string, string]
  readonly filter: string | null
  readonly exposure: number | null
  /** ADU above the bias; ADU squared of one frame. */
  readonly level: number
  readonly levelError: number
  readonly variance: number
  readonly varianceError: number
  /** Mean of the first over that of the second. */
  readonly ratio: number
  /** Part of the pixels that are full. */
  readonly saturated: number
  readonly leftOut: 'saturated' | 'beyond-full-well' | 'no-variance' | null
  /** ADU squared above the fitted line; NaN without one. */
  readonly residual: number
}

export interface TransferRecord {
  readonly points: readonly TransferPointRecord[]
  /** ADU squared where no light falls, ADU squared per ADU, and 1 / ADU where the curve bends. */
  readonly floor: QualityNumber | null
  readonly slope: QualityNumber | null
  readonly bend: QualityNumber | null
  /** ADU, from the flats alone. */
  readonly readNoiseOfLine: QualityNumber | null
  /** ADU above the bias; null where the curve does not turn over. */
  readonly fullWell: QualityNumber | null
  readonly chiSquare: number
  readonly freedom: number
  readonly widened: number
}

export interface BiasFrameRecord {
  readonly frame: string
  readonly night: string
  /** Julian date, UTC; null where the frame has no time. */
  readonly time: number | null
  readonly temperature: number | null
  /** ADU. */
  readonly level: number
  readonly error: number
}

export interface BiasPairRecord {
  readonly frames: readonly [string, string]
  readonly night: string
  readonly time: number | null
  readonly temperature: number | null
  /** ADU. */
  readonly noise: number
  readonly error: number
}

export interface DarkPointRecord {
  readonly frame: string
  /** Seconds; 0 for a bias. */
  readonly exposure: number
  /** ADU above the bias, of a usual pixel. */
  readonly level: number
  readonly error: number
  /** ADU above the fitted line. */
  readonly residual: number
}

export interface DarkSeriesRecord {
  /** Degrees Celsius of the sensor; null where the frames do not say it. */
  readonly temperature: number | null
  readonly points: readonly DarkPointRecord[]
  /** ADU and electrons per second and pixel. */
  readonly rate: QualityNumber
  readonly electrons: QualityNumber | null
  /** ADU where the exposure is nothing. */
  readonly intercept: QualityNumber
  readonly widened: number
}

export interface HotPixelRecord {
  readonly frames: readonly string[]
  readonly exposure: number
  readonly temperature: number | null
  /** ADU of one frame, of which heights are multiples. */
  readonly noise: number
  /** ADU above the level. */
  readonly heights: readonly number[]
  /** Pixels that are higher, in all frames that were looked at. */
  readonly counts: readonly number[]
  readonly pixels: number
}

export interface LinearityRecord {
  readonly filter: string | null
  readonly night: string
  /** Seconds, ADU above the bias, per cent above the line. */
  readonly points: readonly {
    readonly frame: string
    readonly exposure: number
    readonly level: number
    readonly error: number
    readonly residual: number
  }[]
  readonly rate: QualityNumber
  readonly shutterDelay: QualityNumber
  readonly largest: QualityNumber & { readonly level: number }
  readonly scatter: number
}

export interface FlatMapRecord {
  readonly first: string
  readonly second: string
  readonly filter: string | null
  readonly nights: readonly [string, string]
  /** Pixels along a side of a block. */
  readonly block: number
  readonly columns: number
  readonly rows: number
  /** First over second, over the median of all; from the first stored row on. */
  readonly ratio: Float32Array
  readonly median: number
  readonly scatter: number
  readonly noise: number
  readonly span: number
}

export interface PredictionRecord {
  readonly kind: 'bias' | 'dark' | 'flat'
  readonly frames: readonly string[]
  readonly exposure: number | null
  readonly filter: string | null
  readonly temperature: number | null
  /** ADU that light or dark current added. */
  readonly level: number
  /** ADU, of the mean of these frames. */
  readonly predicted: QualityNumber
  readonly measured: QualityNumber
  /** ADU from pixel to pixel of the mean, with all that is fixed in it. */
  readonly deviation: number
}

/** What is not there for a number, so that a person knows what to take next. */
export type CameraLack =
  | 'bias'
  | 'bias-pair'
  | 'flat-pair'
  | 'flat-levels'
  | 'flat-exposures'
  | 'dark-ramp'
  | 'dark-temperatures'
  | 'flat-nights'

/** What a camera is like, measured from its bias, dark and flat frames. Errors are one sigma. */
export interface CameraReportRecord {
  readonly id: string
  readonly name: string
  readonly order: string
  readonly camera: CameraIdentity
  readonly region: CameraRegion
  readonly filters: readonly string[]
  readonly nights: readonly string[]
  /** Degrees Celsius, median of its frames. */
  readonly temperature: number | null
  /** Frames that were read, and so what it depends on. */
  readonly frames: readonly string[]
  readonly inputs: readonly string[]
  /** What header or profile say: electrons per ADU, electrons. */
  readonly stated: {
    readonly gain: number | null
    readonly gainFrom: string | null
    readonly readNoise: number | null
    readonly readNoiseFrom: string | null
  }
  /** Electrons per ADU. */
  readonly gain: QualityNumber | null
  /** ADU; electrons. */
  readonly readNoise: QualityNumber | null
  readonly readNoiseElectrons: QualityNumber | null
  readonly transfer: TransferRecord | null
  readonly bias: {
    readonly frames: readonly BiasFrameRecord[]
    readonly pairs: readonly BiasPairRecord[]
    /** ADU: standard deviation of the levels of frames of one night and temperature. */
    readonly unrest: number
    /** ADU per hour within the longest run of one night and temperature; null with fewer than three frames or six minutes. */
    readonly drift: QualityNumber | null
  }
  readonly dark: readonly DarkSeriesRecord[]
  readonly darkTemperature: {
    /** Degrees that double it; electron volts. */
    readonly doubling: QualityNumber
    readonly energy: QualityNumber
    readonly used: number
  } | null
  readonly linearity: LinearityRecord | null
  readonly hotPixels: readonly HotPixelRecord[]
  readonly flatMaps: readonly FlatMapRecord[]
  readonly predictions: readonly PredictionRecord[]
  readonly missing: readonly CameraLack[]
  readonly flags: readonly string[]
  readonly createdAt: number
}
