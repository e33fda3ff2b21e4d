import { AsterismError } from '../../core/errors'
import { effectiveFacts } from '../../core/frame'
import type { Image } from '../../core/image'
import type { MasterRecord } from '../../core/master'
import type { ReducedRecord } from '../../core/reduced'
import { splitPartId } from '../../core/provenance'
import { listPlanes, type StackRecord } from '../../core/stack'
import type { Task } from '../../core/task'
import { divideFlats } from '../../science/detector/compare-flats'
import type { Workspace } from '../../storage/workspace'
import { makeCalibratedUncertainty } from '../export/calibrated-uncertainty'
import { makeMask, type MaskSources } from '../export/frame-mask'
import { makeReducedMask } from '../export/reduced-mask'
import { findExposure } from '../find-exposure'
import type { FrameSource } from '../frame-source'
import { recipeOf } from '../strips/recipe-of'

/** 'snr' is the data over their uncertainty; 'coverage' and 'rejected' are counted in frames, and only stacks have them. */
export type Plane = 'data' | 'uncertainty' | 'mask' | 'snr' | 'coverage' | 'rejected'

export interface FramePlane {
  readonly width: number
  readonly height: number
  readonly data: Float32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>
  readonly unit: string
}

export interface PixelsRequest {
  readonly frame: string
  readonly plane: Plane
}

const missing = (frame: string): AsterismError =>
  new AsterismError('not-found', 'This frame is not in the workspace any more.', { frame })

const owned = (data: Float32Array): Float32Array<ArrayBuffer> =>
  data.buffer instanceof ArrayBuffer && data.byteLength === data.buffer.byteLength
    ? (data as Float32Array<ArrayBuffer>)
    : new Float32Array(data)

const giveImage = (image: Image, unit: string): FramePlane => ({
  width: image.width,
  height: image.height,
  data: owned(image.data),
  unit,
})

/** Values over their errors, without a unit; NaN where there is no error to stand out of. */
const giveRatio = ({ width, height, data }: Image, uncertainty: Float32Array): FramePlane => {
  const ratio = new Float32Array(data.length)
  for (let index = 0; index < ratio.length; index++) {
    const error = uncertainty[index]!
    ratio[index] = error > 0 ? data[index]! / error : Number.NaN
  }
  return { width, height, data: ratio, unit: '' }
}

const giveMask = ({ width, height }: Image, sources: MaskSources): FramePlane => ({
  width,
  height,
  data: makeMask(sources),
  unit: '',
})

/** One master over another, pixel by pixel: what changed in the flat from one night to the next. Asked for as `<master>/<master>`. */
const readRatio = async (workspace: Workspace, frames: FrameSource, id: string): Promise<Image | null> => {
  const { record, part } = splitPartId(id)
  if (part === null) return null
  const [own, other] = await Promise.all([workspace.masters.get(record), workspace.masters.get(part)])
  if (own === undefined || other === undefined || own.width !== other.width || own.height !== other.height)
    return null
  const [flat, before] = [await frames.stored(own, 0), await frames.stored(other, 0)]
  return { width: own.width, height: own.height, data: divideFlats(flat.data, before.data) }
}

/**
 * Pixels of anything that has an id: an original as it was taken, a plane of a cube (`<cube>/plane3`), a master, a stack, a calibrated frame made from its recipe, or
 * a registered frame resampled to the reference's grid (Lanczos-3). The buffer is the caller's to give away.
 */
export const readFramePixels = async (
  workspace: Workspace,
  frames: FrameSource,
  { frame, plane }: PixelsRequest,
  task?: Task,
): Promise<FramePlane> => {
  const exposure = await findExposure(workspace, frame)
  if (exposure !== undefined) {
    if (isCount(plane)) throw noCount(frame)
    if (plane === 'uncertainty' || plane === 'snr') throw noUncertainty(frame, RAW)
    const raw = await frames.raw(exposure)
    const { saturation } = effectiveFacts(exposure)
    return plane === 'mask'
      ? giveMask(raw, { data: raw.data, raw: raw.data, saturation })
      : giveImage(raw, 'adu')
  }
  const stored = (await workspace.masters.get(frame)) ?? (await workspace.stacks.get(frame))
  if (stored !== undefined) return readStored(frames, stored, plane)
  if (isCount(plane)) throw noCount(frame)
  const ratio = await readRatio(workspace, frames, frame)
  if (ratio !== null) return giveImage(ratio, '')
  const reduced = await workspace.reduced.get(frame)
  if (reduced === undefined) throw missing(frame)
  return readReduced(workspace, frames, { reduced, plane }, task)
}

const isCount = (plane: Plane): plane is 'coverage' | 'rejected' =>
  plane === 'coverage' || plane === 'rejected'

const noCount = (frame: string): AsterismError =>
  new AsterismError(
    'not-found',
    'Only stacks say how many frames showed each pixel; a stack that was made by an earlier version does not. Stack its frames again.',
    { frame },
  )

const readStored = async (
  frames: FrameSource,
  picture: MasterRecord | StackRecord,
  plane: Plane,
): Promise<FramePlane> => {
  if (isCount(plane)) {
    const place = 'reference' in picture ? listPlanes(picture).indexOf(plane) : -1
    if (place < 0) throw noCount(picture.id)
    return giveImage(await frames.stored(picture, place), '')
  }
  const image = await frames.stored(picture, plane === 'uncertainty' ? 1 : 0)
  if (plane === 'snr') return giveRatio(image, (await frames.stored(picture, 1)).data)
  return plane === 'mask' ? giveMask(image, image) : giveImage(image, picture.unit)
}

/** Of a registered frame the errors and the mask lie on its own grid, as its pixels were measured. */
const readReduced = async (
  workspace: Workspace,
  frames: FrameSource,
  { reduced, plane }: { readonly reduced: ReducedRecord; readonly plane: Plane },
  task?: Task,
): Promise<FramePlane> => {
  if (plane === 'data') return giveImage(await frames.registered(reduced, { task }), reduced.unit)
  const recipe = await recipeOf(workspace, reduced)
  if (plane === 'uncertainty' || plane === 'snr') {
    const data = await makeCalibratedUncertainty(workspace, frames, recipe, task)
    if (data === null) throw noUncertainty(reduced.id, NO_GAIN)
    if (plane === 'snr') return giveRatio((await frames.calibrated(reduced, { task })).image, data)
    return giveImage({ width: reduced.width, height: reduced.height, data }, reduced.unit)
  }
  const { image } = await frames.calibrated(reduced, { task })
  const { width, height } = image
  const data = await makeReducedMask(frames, { reduced, recipe, data: image.data }, task)
  return { width, height, data, unit: '' }
}

const RAW = 'A raw frame has no uncertainty: it is known once the frame is calibrated.'
const NO_GAIN =
  'The gain of the camera is not known, and so the noise of the light is not. Set the gain of the frame, or make an instrument profile.'

const noUncertainty = (frame: string, reason: string): AsterismError =>
  new AsterismError('not-found', reason, { frame })
