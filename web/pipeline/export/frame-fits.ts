import { AsterismError } from '../../core/errors'
import type { HeaderCard } from '../../core/header'
import type { MasterRecord } from '../../core/master'
import type { StackRecord } from '../../core/stack'
import type { ReducedRecord } from '../../core/reduced'
import { writeFitsImage, type CardToFormat } from '../../science/fits'
import type { Workspace } from '../../storage/workspace'
import type { FrameSource } from '../frame-source'
import { readFramePixels } from '../inspect/frame-pixels'

const history = (text: string): CardToFormat => ({ keyword: 'HISTORY', value: null, comment: text })

const describeMaster = (master: MasterRecord): CardToFormat[] => [
  { keyword: 'IMAGETYP', value: master.kind, comment: 'made by combining frames' },
  { keyword: 'BUNIT', value: master.unit, comment: 'unit of the pixels' },
  { keyword: 'NCOMBINE', value: master.frames.length, comment: 'frames that went in' },
  ...(master.group.filter === null ? [] : [{ keyword: 'FILTER', value: master.group.filter, comment: '' }]),
  ...(master.group.exposure === null
    ? []
    : [{ keyword: 'EXPTIME', value: master.group.exposure, comment: 'seconds' }]),
  history(`build-master ${master.id}: ${master.combine.method}, rejection ${master.combine.rejection}`),
  ...master.inputs.map((input) => history(`input ${input}`)),
]

const describeStack = (stack: StackRecord): CardToFormat[] => [
  { keyword: 'IMAGETYP', value: 'stack', comment: 'made by combining frames' },
  { keyword: 'BUNIT', value: stack.unit, comment: 'unit of the pixels' },
  { keyword: 'NCOMBINE', value: stack.frames.length, comment: 'frames that went in' },
  ...(stack.object === null ? [] : [{ keyword: 'OBJECT', value: stack.object, comment: '' }]),
  ...(stack.filter === null ? [] : [{ keyword: 'FILTER', value: stack.filter, comment: '' }]),
  ...(stack.dateObs === null
    ? []
    : [{ keyword: 'DATE-OBS', value: stack.dateObs, comment: 'UTC, start of the first frame' }]),
  ...(stack.exposure === null
    ? []
    : [{ keyword: 'TOTEXP', value: stack.exposure, comment: 'seconds, of all frames together' }]),
  history(`stack-frames ${stack.id}: ${stack.combine.method}, rejection ${stack.combine.rejection}`),
  history(`grid of ${stack.reference ?? 'the frames'}, ${stack.interpolation}, sky ${stack.normalisation}`),
  ...stack.inputs.map((input) => history(`input ${input}`)),
]

const describeReduced = (reduced: ReducedRecord): CardToFormat[] => {
  const { bias, dark, flat, darkFactor } = reduced.calibration
  const cards: CardToFormat[] = [
    { keyword: 'BUNIT', value: reduced.unit, comment: 'unit of the pixels' },
    history(`original ${reduced.exposure}`),
    history(`bias ${bias ?? 'none'}`),
    history(`dark ${dark ?? 'none'}, times ${darkFactor}`),
    history(`flat ${flat ?? 'none'}`),
  ]
  const { registration } = reduced
  if (registration === null) return cards
  const { a, b, c, d, e, f } = registration.transform
  return [
    ...cards,
    history(
      `registered to ${registration.reference}, ${registration.matched} stars, rms ${registration.rms.toFixed(3)} px`,
    ),
    history(`x = ${a} X + ${b} Y + ${c}`),
    history(`y = ${d} X + ${e} Y + ${f} (0-based, Lanczos-3)`),
  ]
}

const gather = async (
  workspace: Workspace,
  frame: string,
): Promise<{ header: readonly HeaderCard[]; added: CardToFormat[] }> => {
  const master = await workspace.masters.get(frame)
  if (master !== undefined) return { header: [], added: describeMaster(master) }
  const stack = await workspace.stacks.get(frame)
  if (stack !== undefined) return { header: [], added: describeStack(stack) }
  const reduced = await workspace.reduced.get(frame)
  if (reduced === undefined)
    throw new AsterismError('not-found', 'This frame is not in the workspace any more.', { frame })
  const stored = await workspace.headers.get(reduced.exposure)
  return { header: stored?.cards ?? [], added: describeReduced(reduced) }
}

/** An original byte for byte as it came in; anything made here as 32-bit floats with the original's cards and its history. */
export const exportFrameFits = async (
  workspace: Workspace,
  frames: FrameSource,
  frame: string,
): Promise<Uint8Array<ArrayBuffer>> => {
  const exposure = await workspace.exposures.get(frame)
  if (exposure !== undefined) return workspace.pixels.read(exposure.pixels.bytesId)
  const { header, added } = await gather(workspace, frame)
  const { width, height, data } = await readFramePixels(workspace, frames, { frame, plane: 'data' })
  const image = { width, height, data: data as Float32Array }
  const reduced = await workspace.reduced.get(frame)
  if (reduced !== undefined) return writeFitsImage({ image, header, added, bitpix: -32 })
  const uncertainty = await readFramePixels(workspace, frames, {
    frame,
    plane: 'uncertainty',
  })
  const plane = { width, height, data: uncertainty.data as Float32Array }
  return writeFitsImage({
    image,
    header,
    added,
    bitpix: -32,
    extensions: [{ name: 'UNCERT', image: plane, bitpix: -32 }],
  })
}
