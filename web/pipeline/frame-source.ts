import type { ExposureRecord } from '../core/frame'
import type { Image } from '../core/image'
import type { ReducedRecord } from '../core/reduced'
import type { Task } from '../core/task'
import type { FrameRecipe } from './strips/frame-recipe'

export interface CalibratedFrame {
  readonly image: Image
  readonly exposure: ExposureRecord
  /** Level of the calibrated image at which the raw pixel saturates, from the medians of the masters; null when unknown. */
  readonly saturation: number | null
}

/** Where steps get whole pictures from: originals decoded, calibrated and registered frames made from their recipe, stored planes. */
export interface FrameSource {
  make(recipe: FrameRecipe, how?: ImageWish): Promise<Image>
  raw(exposure: ExposureRecord, how?: ImageWish): Promise<Image>
  /** What the camera wrote, on the grid of the calibrated frame: trimmed, of one colour, and nothing taken off. */
  uncorrected(reduced: ReducedRecord, how?: ImageWish): Promise<Image>
  calibrated(reduced: ReducedRecord, how?: ImageWish): Promise<CalibratedFrame>
  /** Resampled to the reference's grid (Lanczos-3) where it was registered, else as `calibrated`. */
  registered(reduced: ReducedRecord, how?: ImageWish): Promise<Image>
  /** A plane of a master or a stack by its place in the store: data (0), uncertainty (1) and what else there is (see listPlanes). */
  stored(picture: StoredPicture, plane: number): Promise<Image>
}

export interface ImageWish {
  readonly task?: Task | undefined
  /** Pixels in lent memory, for as long as the present piece of work lasts: the kernels take them as they lie. Else they are the caller's own. */
  readonly lent?: boolean
}

export interface StoredPicture {
  readonly bytesId: string
  readonly width: number
  readonly height: number
}
