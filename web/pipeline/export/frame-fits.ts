import { AsterismError } from '../../core/errors'
import type { FrameCompression } from '../../core/frame-compression'
import type { ExposureRecord } from '../../core/frame'
import type { HeaderCard } from '../../core/header'
import type { MasterRecord } from '../../core/master'
import { placeOnOriginal, type ReducedRecord } from '../../core/reduced'
import { listPlanes, type StackRecord } from '../../core/stack'
import { compressFits, compressImage, encodePixels, writeFits } from '../../science/fits'
import type { CardToFormat, HduToWrite, ImageHdu } from '../../science/fits'
import type { Workspace } from '../../storage/workspace'
import { findExposure } from '../find-exposure'
import type { FrameSource } from '../frame-source'
import { gatherProvenance } from '../provenance/gather-provenance'
import { recipeOf } from '../strips/recipe-of'
import { makeCalibratedUncertainty } from './calibrated-uncertainty'
import { listMaskCards, makeMask } from './frame-mask'
import { listMasterCards, listStackCards } from './picture-cards'
import { listHistory, makeReceipt } from './receipt'
import { exportPlaneFits } from './plane-fits'
import { makeReducedMask } from './reduced-mask'
import { listReducedCards } from './reduced-cards'
import { settleMosaicCards } from './mosaic-cards'
import { writeSolvedOriginal } from './solved-original'
import { isReplacedCard, readSolvedWorld } from './solved-world'
import { isWorldCard, listMovedWorldCards } from './world-cards'

interface NamedPlane {
  readonly name: string
  readonly comment: string
  readonly data: Float32Array
}

interface Picture {
  readonly width: number
  readonly height: number
  readonly data: Float32Array
  /** One sigma, in the unit of the data; null where it is not known. */
  readonly uncertainty: Float32Array | null
  readonly mask: Uint8Array
  /** Further planes, as extensions of these names. */
  readonly counts?: readonly NamedPlane[]
  readonly unit: string
  readonly header: readonly HeaderCard[]
  readonly added: readonly CardToFormat[]
}

const history = (text: string): CardToFormat => ({ keyword: 'HISTORY', value: null, comment: text })

const readCards = async (workspace: Workspace, exposure: string): Promise<readonly HeaderCard[]> =>
  (await workspace.headers.get(exposure))?.cards ?? []

interface World {
  readonly header: readonly HeaderCard[]
  /** Those of them that say something else since the frame was trimmed. */
  readonly moved: readonly CardToFormat[]
}

/**
 * Cards that tie the grid of a picture to the sky: as it was found here, or else as the frame has them in whose grid it lies, raw or reduced.
 */
const readWorld = async (workspace: Workspace, picture: string, frame: string | null): Promise<World> => {
  const solved = await readSolvedWorld(workspace, picture)
  if (solved !== null) return { header: [], moved: [...solved.cards, history(solved.line)] }
  if (frame === null) return { header: [], moved: [] }
  const reduced = await workspace.reduced.get(frame)
  const header = (await readCards(workspace, reduced?.exposure ?? frame)).filter(isWorldCard)
  const moved = reduced === undefined ? [] : listMovedWorldCards(header, placeOnOriginal(reduced.calibration))
  return { header, moved }
}

const COUNTS = {
  coverage: { name: 'COVERAGE', comment: 'frames that showed each pixel' },
  rejected: { name: 'REJECTED', comment: 'frames whose value was rejected' },
} as const

const readCounts = async (frames: FrameSource, stack: StackRecord): Promise<NamedPlane[]> => {
  const counts: NamedPlane[] = []
  for (const [place, plane] of listPlanes(stack).entries()) {
    if (plane !== 'coverage' && plane !== 'rejected') continue
    counts.push({ ...COUNTS[plane], data: (await frames.stored(stack, place)).data })
  }
  return counts
}

const makeCombined = async (
  workspace: Workspace,
  frames: FrameSource,
  record: MasterRecord | StackRecord,
): Promise<Picture> => {
  const { data } = await frames.stored(record, 0)
  const uncertainty = (await frames.stored(record, 1)).data
  const stack = 'reference' in record ? record : null
  const grid = stack?.grid ?? null
  const world =
    grid === null
      ? await readWorld(workspace, record.id, stack?.reference ?? null)
      : { header: [], moved: grid.cards }
  return {
    width: record.width,
    height: record.height,
    data,
    uncertainty,
    mask: makeMask({ data }),
    counts: stack === null ? [] : await readCounts(frames, stack),
    unit: record.unit,
    header: world.header,
    added: ['reference' in record ? listStackCards(record) : listMasterCards(record), world.moved].flat(),
  }
}

/** Resampled to the grid of the reference: errors of neighbours hang together there, so there is no plane of them. */
const makeRegistered = async (
  workspace: Workspace,
  frames: FrameSource,
  reduced: ReducedRecord,
): Promise<Picture> => {
  const { exposure } = await recipeOf(workspace, reduced)
  const { width, height, data } = await frames.registered(reduced)
  const cards = await readCards(workspace, reduced.exposure)
  const { header: own, changed } = settleMosaicCards(cards, exposure, reduced.calibration, true)
  const grid = reduced.registration?.grid
  const world: World =
    grid === undefined
      ? await readWorld(workspace, reduced.id, reduced.registration?.reference ?? null)
      : { header: [], moved: grid.cards }
  const header = [...own.filter((card) => !isReplacedCard(card)), ...world.header]
  const { a, b, c, d, e, f } = reduced.registration?.transform ?? { a: 1, b: 0, c: 0, d: 0, e: 1, f: 0 }
  return {
    width,
    height,
    data,
    uncertainty: null,
    mask: makeMask({ data }),
    unit: reduced.unit,
    header,
    added: [
      ...listReducedCards({ reduced, exposure, header, saturation: null }),
      ...changed,
      ...world.moved,
      history(`x = ${a} X + ${b} Y + ${c}`),
      history(`y = ${d} X + ${e} Y + ${f} (X, Y here, x, y in the original, 0-based, Lanczos-3)`),
    ],
  }
}

const makeCalibrated = async (
  workspace: Workspace,
  frames: FrameSource,
  reduced: ReducedRecord,
): Promise<Picture> => {
  const recipe = await recipeOf(workspace, reduced)
  const { exposure } = recipe
  const { image, saturation } = await frames.calibrated(reduced)
  const { width, height, data } = image
  const cards = await readCards(workspace, reduced.exposure)
  const settled = settleMosaicCards(cards, exposure, reduced.calibration)
  const { changed } = settled
  const solved = await readSolvedWorld(workspace, reduced.id)
  const header = solved === null ? settled.header : settled.header.filter((card) => !isReplacedCard(card))
  const uncertainty = await makeCalibratedUncertainty(workspace, frames, recipe)
  return {
    width,
    height,
    data,
    uncertainty,
    mask: await makeReducedMask(frames, { reduced, recipe, data }),
    unit: reduced.unit,
    header,
    added: [
      ...listReducedCards({ reduced, exposure, header, saturation }),
      ...changed,
      ...(solved === null
        ? listMovedWorldCards(header, placeOnOriginal(reduced.calibration))
        : [...solved.cards, history(solved.line)]),
      ...(uncertainty === null
        ? [
            history(
              'no uncertainty: the gain of the camera is not known, and so the noise of the light is not',
            ),
          ]
        : []),
    ],
  }
}

const makePicture = async (workspace: Workspace, frames: FrameSource, frame: string): Promise<Picture> => {
  const combined = (await workspace.masters.get(frame)) ?? (await workspace.stacks.get(frame))
  if (combined !== undefined) return makeCombined(workspace, frames, combined)
  const reduced = await workspace.reduced.get(frame)
  if (reduced === undefined)
    throw new AsterismError('not-found', 'This frame is not in the workspace any more.', { frame })
  return reduced.registration === null
    ? makeCalibrated(workspace, frames, reduced)
    : makeRegistered(workspace, frames, reduced)
}

/** The picture, then what is known of each pixel under the names that astropy's CCDData reads: UNCERT and MASK. */
const listImages = (
  { width, height, data, uncertainty, mask, counts = [], unit, header, added }: Picture,
  lines: readonly string[],
): ImageHdu[] => {
  const axes = [width, height]
  const images: ImageHdu[] = [
    {
      kind: 'image',
      image: encodePixels({ axes, data, bitpix: -32 }),
      header,
      added: [...added, ...lines.map(history)],
    },
  ]
  if (uncertainty !== null)
    images.push({
      kind: 'image',
      name: 'UNCERT',
      image: encodePixels({ axes, data: uncertainty, bitpix: -32 }),
      added: [
        { keyword: 'UTYPE', value: 'StdDevUncertainty', comment: 'one sigma of each pixel' },
        ...(unit === '' ? [] : [{ keyword: 'BUNIT', value: unit, comment: 'unit of the uncertainty' }]),
      ],
    })
  images.push({
    kind: 'image',
    name: 'MASK',
    image: encodePixels({ axes, data: mask, bitpix: 8 }),
    added: listMaskCards(),
  })
  for (const count of counts)
    images.push({
      kind: 'image',
      name: count.name,
      image: encodePixels({ axes, data: count.data, bitpix: -32 }),
      added: [{ keyword: 'COMMENT', value: null, comment: count.comment }],
    })
  return images
}

/** As it came in, byte for byte; of a frame that was solved here the header alone says where it is. */
const readOriginal = async (
  workspace: Workspace,
  { id, pixels }: ExposureRecord,
): Promise<Uint8Array<ArrayBuffer>> => {
  const bytes = await workspace.pixels.read(pixels.bytesId)
  const solved = await readSolvedWorld(workspace, id)
  return solved === null ? bytes : writeSolvedOriginal(bytes, pixels, solved)
}

/**
 * An original byte for byte as it came in, its header apart where it was solved here; of a plane of a cube that plane, with its values as they are. Anything made here as 32-bit floats with the original's cards, its uncertainty and its mask as
 * extensions where they are known, a HISTORY line for each step, and the whole way from the original files in the table RECEIPT.
 * With a compression the images are packed in tiles; an original keeps its cards and every one of its values.
 */
export const exportFrameFits = async (
  workspace: Workspace,
  frames: FrameSource,
  frame: string,
  compression: FrameCompression = 'none',
): Promise<Uint8Array<ArrayBuffer>> => {
  const exposure = await findExposure(workspace, frame)
  if (exposure !== undefined) {
    const { plane } = exposure
    const bytes =
      plane === undefined
        ? await readOriginal(workspace, exposure)
        : await exportPlaneFits(workspace, { ...exposure, plane })
    // The steps of floats would lose something of an original; gzip does not.
    const wish = compression === 'rice' && exposure.pixels.bitpix < 0 ? 'gzip' : compression
    return wish === 'none' ? bytes : compressFits(bytes, wish)
  }
  const picture = await makePicture(workspace, frames, frame)
  const graph = await gatherProvenance(workspace, frame)
  const images = listImages(picture, listHistory(graph))
  const hdus: HduToWrite[] =
    compression === 'none'
      ? images
      : images.map((image, index) => compressImage(image, compression, index === 0))
  return writeFits([...hdus, { kind: 'table', table: makeReceipt(graph) }])
}
