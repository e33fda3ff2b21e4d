import { AsterismError } from '../../core/errors'
import { effectiveFacts } from '../../core/frame'
import type { Image } from '../../core/image'
import { resampleImage } from '../../science/image/resample-image'
import type { Workspace } from '../../storage/workspace'
import type { FrameSource } from '../frame-source'

export type Plane = 'data' | 'uncertainty' | 'mask'

export interface FramePlane {
  readonly width: number
  readonly height: number
  readonly data: Float32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>
  readonly unit: string
}

const missing = (frame: string): AsterismError =>
  new AsterismError('not-found', 'This frame is not in the workspace any more.', { frame })

/** Bits of a mask pixel. */
const NO_VALUE = 1
const SATURATED = 2

const maskOf = (image: Image, raw: Image, saturation: number | null): Uint8Array<ArrayBuffer> => {
  const mask = new Uint8Array(image.data.length)
  for (let index = 0; index < mask.length; index++) {
    if (Number.isNaN(image.data[index]!)) mask[index] = NO_VALUE
    else if (saturation !== null && raw.data[index]! >= saturation) mask[index] = SATURATED
  }
  return mask
}

const owned = (data: Float32Array): Float32Array<ArrayBuffer> =>
  data.buffer instanceof ArrayBuffer && data.byteLength === data.buffer.byteLength
    ? (data as Float32Array<ArrayBuffer>)
    : new Float32Array(data)

/**
 * Pixels of anything that has an id: an original as it was taken, a master, a calibrated frame made from its recipe, or a
 * registered frame resampled to the reference's grid (Lanczos-3). The buffer is the caller's to give away.
 */
export const readFramePixels = async (
  workspace: Workspace,
  frames: FrameSource,
  frame: string,
  plane: Plane,
): Promise<FramePlane> => {
  const exposure = await workspace.exposures.get(frame)
  if (exposure !== undefined) {
    const raw = await frames.raw(exposure)
    const data = plane === 'mask' ? maskOf(raw, raw, effectiveFacts(exposure).saturation) : owned(raw.data)
    if (plane === 'uncertainty') throw noUncertainty(frame)
    return { width: raw.width, height: raw.height, data, unit: plane === 'mask' ? '' : 'adu' }
  }
  const master = await workspace.masters.get(frame)
  if (master !== undefined) {
    const image = plane === 'uncertainty' ? await frames.masterUncertainty(frame) : await frames.master(frame)
    const data = plane === 'mask' ? maskOf(image, image, null) : new Float32Array(image.data)
    return { width: image.width, height: image.height, data, unit: plane === 'mask' ? '' : master.unit }
  }
  const reduced = await workspace.reduced.get(frame)
  if (reduced === undefined) throw missing(frame)
  if (plane === 'uncertainty') throw noUncertainty(frame)
  const { image, raw, exposure: original } = await frames.calibrated(reduced)
  if (plane === 'mask') {
    return {
      width: image.width,
      height: image.height,
      data: maskOf(image, raw, effectiveFacts(original).saturation),
      unit: '',
    }
  }
  const { registration } = reduced
  if (registration === null)
    return { width: image.width, height: image.height, data: owned(image.data), unit: reduced.unit }
  const resampled = resampleImage(image, registration.transform, {
    width: image.width,
    height: image.height,
    method: 'lanczos3',
  })
  return { width: resampled.width, height: resampled.height, data: owned(resampled.data), unit: reduced.unit }
}

const noUncertainty = (frame: string): AsterismError =>
  new AsterismError('not-found', 'Only masters have an uncertainty plane in this version.', { frame })
