import type { BayerPattern } from '../../../core/colour-channel'
import type { ExposureRecord } from '../../../core/frame'
import type { LightCurveRecord } from '../../../core/light-curve'
import type { Combine } from '../../../core/combine'
import type { CombinedMasterKind, MasterRecord } from '../../../core/master'
import type { PhotometryFrameRecord, PhotometryTableRecord } from '../../../core/photometry'
import type { PixelSection } from '../../../core/pixel-section'
import type { RawCorrection } from '../../../core/raw-correction'
import type { BadPixelTreatment, ReducedRecord } from '../../../core/reduced'
import type { StackRecord } from '../../../core/stack'
import type { Transform } from '../../../core/transform'
import type { SkyFit } from '../../strips/sky-fit'

/** An original as the notebook names it. */
export interface OriginalFile {
  /** One for each frame: the file's own name where no other has it. */
  readonly name: string
  readonly exposure: ExposureRecord
  /** 0-based plane of a cube; null for a picture. */
  readonly plane: number | null
}

/** A master that is combined from frames. */
export type CombinedMaster = MasterRecord & { readonly kind: CombinedMasterKind; readonly combine: Combine }

export interface MasterToMake {
  /** A Python name: bias, dark_60s, flat_R. */
  readonly name: string
  readonly record: CombinedMaster
  readonly raw: RawCorrection | null
  /** Names of originals, in the order of the record. */
  readonly files: readonly string[]
  readonly bias: MasterToMake | null
  readonly dark: MasterToMake | null
  readonly darkFactors: readonly number[]
  readonly pedestals: readonly number[]
  /** Section of a flat whose median is its level; null for all of it. */
  readonly region: PixelSection | null
  /** Of a flat each of whose colours has its own level; null for one level. */
  readonly mosaic: BayerPattern | null
  /** Exposures of the files; null where a header does not say. */
  readonly seconds: readonly (number | null)[]
}

/** A map of bad pixels, which is taken as it is. */
export interface MapToTake {
  /** A Python name. */
  readonly name: string
  readonly record: MasterRecord
  /** A bit for each pixel, deflated, base64. */
  readonly packed: string
}

/** Calibrated frames that differ in nothing but the file that they are made from. */
export interface LightGroup {
  /** Of its Python function. */
  readonly name: string
  readonly bias: MasterToMake | null
  readonly dark: MasterToMake | null
  readonly flat: MasterToMake | null
  /** One of them, which stands for all. */
  readonly recipe: ReducedRecord['calibration']
  /** Exposure of the first, which their dark factor is of. */
  readonly seconds: number | null
  /** Electrons per ADU and electrons, for the noise; null where the gain is not known. */
  readonly noise: { readonly gain: number; readonly readNoise: number } | null
  /** What is done to bad pixels, and the Python name of their map; null: nothing. */
  readonly badPixels: {
    readonly map: string
    readonly how: BadPixelTreatment
    /** Behind a mask of colours each colour is filled from its own. */
    readonly hasColours: boolean
  } | null
  readonly lights: readonly LightToMake[]
}

export interface LightToMake {
  readonly file: string
  readonly reduced: ReducedRecord
  /** The shape of its sky, as it was fitted; null where nothing was. */
  readonly sky: SkyFit | null
}

export interface StackToMake {
  readonly name: string
  readonly record: StackRecord
  readonly files: readonly string[]
  /** File whose level the others are brought to. */
  readonly reference: string
  readonly seconds: readonly (number | null)[]
}

export interface CurveToMeasure {
  readonly name: string
  readonly record: LightCurveRecord
  readonly table: PhotometryTableRecord
  /** Indices of target and comparisons among the table's stars, and of the radius. */
  readonly stars: readonly number[]
  readonly radius: number
  readonly points: readonly {
    readonly file: string
    readonly measured: PhotometryFrameRecord
    /** From the reference to this frame. */
    readonly transform: Transform
  }[]
}

/** All that a notebook does again, in the order of its doing. */
export interface NotebookPlan {
  readonly title: string
  /** What was asked for. */
  readonly root: string
  readonly files: readonly OriginalFile[]
  readonly masters: readonly MasterToMake[]
  readonly maps: readonly MapToTake[]
  readonly lights: readonly LightGroup[]
  readonly stacks: readonly StackToMake[]
  readonly curves: readonly CurveToMeasure[]
  /** Results of an order that cannot be done again, each with the reason. */
  readonly leftOut: readonly string[]
}
