import { AsterismError } from '../core/errors'
import { effectiveFacts, type ExposureRecord } from '../core/frame'
import type { Image } from '../core/image'
import type { MasterRecord } from '../core/master'
import type { ReducedRecord } from '../core/reduced'
import { calibrateImage } from '../science/calibration/calibrate-frame'
import { decodeFrame, decodePixels } from '../science/fits'
import type { Workspace } from '../storage/workspace'

export interface CalibratedFrame {
  readonly image: Image
  readonly raw: Image
  readonly exposure: ExposureRecord
  /** Level of the calibrated image at which the raw pixel saturates, from the medians of the masters; null when unknown. */
  readonly saturation: number | null
}

/** Where steps get pixels from: originals decoded, masters kept in memory, calibrated frames made from their recipe. */
export interface FrameSource {
  raw(exposure: ExposureRecord): Promise<Image>
  /** Rows top to bottom (exclusive) of the original, in a buffer of the caller's own. */
  rawRows(exposure: ExposureRecord, top: number, bottom: number): Promise<Float32Array>
  master(id: string): Promise<Image>
  masterUncertainty(id: string): Promise<Image>
  calibrated(reduced: ReducedRecord): Promise<CalibratedFrame>
}

interface MasterPlane {
  readonly master: MasterRecord
  readonly image: Image
}

/** Masters stay in memory, most recently used last, up to this many bytes. */
const MASTER_BYTES = 512 * 1024 * 1024

/** Where no header told the exposure of a dark it counts as one unit, which the factor then scales. */
const darkExposure = (dark: MasterPlane | null | undefined): number => dark?.master.group.exposure || 1

const asDark = (dark: MasterPlane | null | undefined) =>
  dark == null
    ? undefined
    : { image: dark.image, exposure: darkExposure(dark), biasSubtracted: dark.master.biasSubtracted }

const asFloats = (bytes: Uint8Array<ArrayBuffer>): Float32Array =>
  new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)

export const createFrameSource = (workspace: Workspace): FrameSource => {
  const kept = new Map<string, MasterPlane>()

  const keep = (id: string, entry: MasterPlane) => {
    kept.set(id, entry)
    let bytes = [...kept.values()].reduce((sum, { image }) => sum + image.data.byteLength, 0)
    for (const [oldest, { image }] of kept) {
      if (bytes <= MASTER_BYTES || oldest === id) break
      kept.delete(oldest)
      bytes -= image.data.byteLength
    }
  }

  const readMasterPlane = async (id: string, plane: 0 | 1) => {
    const master = await workspace.masters.get(id)
    if (master === undefined)
      throw new AsterismError('not-found', 'A master frame is no longer in the workspace.', { master: id })
    const length = master.width * master.height * 4
    const bytes = await workspace.pixels.read(master.bytesId, plane * length, (plane + 1) * length)
    const { width, height } = master
    return { master, image: { width, height, data: asFloats(bytes) } }
  }

  const masterEntry = async (id: string) => {
    const entry = kept.get(id) ?? (await readMasterPlane(id, 0))
    kept.delete(id)
    keep(id, entry)
    return entry
  }

  const rawRows = async (exposure: ExposureRecord, top: number, bottom: number): Promise<Float32Array> => {
    const { pixels, width } = exposure
    if (pixels.compressed) {
      const file = await workspace.pixels.read(pixels.bytesId)
      return decodeFrame(file, exposure, { start: top, end: bottom }).data
    }
    const rowBytes = (width * Math.abs(pixels.bitpix)) / 8
    const start = pixels.dataOffset + top * rowBytes
    const bytes = await workspace.pixels.read(pixels.bytesId, start, start + (bottom - top) * rowBytes)
    return decodePixels(bytes, pixels, new Float32Array(width * (bottom - top)))
  }

  const raw = async (exposure: ExposureRecord): Promise<Image> => {
    const { width, height } = exposure
    return { width, height, data: await rawRows(exposure, 0, height) }
  }

  const calibrated = async (reduced: ReducedRecord): Promise<CalibratedFrame> => {
    const exposure = await workspace.exposures.get(reduced.exposure)
    if (exposure === undefined)
      throw new AsterismError('not-found', `${reduced.name} is no longer in the workspace.`, {
        frame: reduced.exposure,
      })
    const { bias, dark, flat, darkFactor } = reduced.calibration
    const [biasEntry, darkEntry, flatEntry] = await Promise.all(
      [bias, dark, flat].map((id) => (id === null ? Promise.resolve(null) : masterEntry(id))),
    )
    const rawImage = await raw(exposure)
    const image = calibrateImage(
      rawImage,
      { bias: biasEntry?.image, dark: asDark(darkEntry), flat: flatEntry?.image },
      {
        // The recipe holds the factor itself, so that it stands when somebody corrects an exposure later.
        exposure: darkFactor * darkExposure(darkEntry),
        darkScaling: true,
      },
    )
    const level = effectiveFacts(exposure).saturation
    const saturation =
      level === null
        ? null
        : level -
          (biasEntry?.master.statistics.median ?? 0) -
          darkFactor * (darkEntry?.master.statistics.median ?? 0)
    return { image, raw: rawImage, exposure, saturation }
  }

  return {
    raw,
    rawRows,
    master: async (id) => (await masterEntry(id)).image,
    masterUncertainty: async (id) => (await readMasterPlane(id, 1)).image,
    calibrated,
  }
}
