import { AsterismError } from '../../core/errors'
import { effectiveFacts, type ExposureRecord } from '../../core/frame'
import type { Image } from '../../core/image'
import { splitPartId } from '../../core/provenance'
import type { Task } from '../../core/task'
import { divideFlats } from '../../science/detector/compare-flats'
import type { Workspace } from '../../storage/workspace'
import type { FrameSource } from '../frame-source'

export type Plane = 'data' | 'uncertainty' | 'mask'

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

/** Bits of a mask pixel. */
const NO_VALUE = 1
const SATURATED = 2

const maskOf = (image: Image, raw: Image | null, saturation: number | null): Uint8Array<ArrayBuffer> => {
  const mask = new Uint8Array(image.data.length)
  for (let index = 0; index < mask.length; index++) {
    if (Number.isNaN(image.data[index]!)) mask[index] = NO_VALUE
    else if (raw !== null && saturation !== null && raw.data[index]! >= saturation) mask[index] = SATURATED
  }
  return mask
}

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

const giveMask = (image: Image, raw: Image | null, exposure: ExposureRecord | null): FramePlane => ({
  width: image.width,
  height: image.height,
  data: maskOf(image, raw, exposure === null ? null : effectiveFacts(exposure).saturation),
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
 * Pixels of anything that has an id: an original as it was taken, a master, a stack, a calibrated frame made from its recipe, or
 * a registered frame resampled to the reference's grid (Lanczos-3). The buffer is the caller's to give away.
 */
export const readFramePixels = async (
  workspace: Workspace,
  frames: FrameSource,
  { frame, plane }: PixelsRequest,
  task?: Task,
): Promise<FramePlane> => {
  const exposure = await workspace.exposures.get(frame)
  if (exposure !== undefined) {
    if (plane === 'uncertainty') throw noUncertainty(frame)
    const raw = await frames.raw(exposure)
    return plane === 'mask' ? giveMask(raw, raw, exposure) : giveImage(raw, 'adu')
  }
  const stored = (await workspace.masters.get(frame)) ?? (await workspace.stacks.get(frame))
  if (stored !== undefined) {
    const image = await frames.stored(stored, plane === 'uncertainty' ? 1 : 0)
    return plane === 'mask' ? giveMask(image, null, null) : giveImage(image, stored.unit)
  }
  const ratio = await readRatio(workspace, frames, frame)
  if (ratio !== null) return giveImage(ratio, '')
  const reduced = await workspace.reduced.get(frame)
  if (reduced === undefined) throw missing(frame)
  if (plane === 'uncertainty') throw noUncertainty(frame)
  if (plane === 'data') return giveImage(await frames.registered(reduced, { task }), reduced.unit)
  const { image, exposure: original } = await frames.calibrated(reduced, { task })
  return giveMask(image, await frames.raw(original), original)
}

const noUncertainty = (frame: string): AsterismError =>
  new AsterismError('not-found', 'Only masters and stacks have an uncertainty plane in this version.', {
    frame,
  })
