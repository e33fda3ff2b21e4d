import { cosmicRaysKernel } from '../../compute/kernels/cosmic-rays'
import type { CosmicRayRecipe, ReducedRecord } from '../../core/reduced'
import { throwIfAborted } from '../../core/task'
import { cosmicRayMargin, type CosmicRayParameters } from '../../science/calibration/cosmic-rays'
import type { PhasedStep, PhaseResult, Piece } from '../phased-step'
import { skip, stepBefore } from '../step'
import type { FrameRecipe } from '../strips/frame-recipe'
import { recipeOf } from '../strips/recipe-of'
import { makeBlock } from '../strips/make-rows'
import { createMasterRows, prepareMasters } from '../strips/master-rows'
import { measureFrameLevel } from '../strips/measure-frame-level'
import { makePatch, packPatch } from '../strips/pixel-patch'
import { planParts } from '../strips/plan-parts'
import { openStripRoom } from '../strips/strip-room'

interface Input {
  readonly reduced: ReducedRecord
  readonly recipe: FrameRecipe
  readonly cosmicRays: CosmicRayRecipe
  readonly patch: string
}

const parametersFor = (
  { cosmicRays }: Input,
  done: readonly PhaseResult[],
  shape: { readonly width: number; readonly height: number },
): CosmicRayParameters => ({
  ...shape,
  sigclip: cosmicRays.sigclip,
  sigfrac: cosmicRays.sigfrac,
  objlim: cosmicRays.objlim,
  gain: cosmicRays.gain,
  readNoise: cosmicRays.readNoise,
  saturation: cosmicRays.saturation ?? Number.POSITIVE_INFINITY,
  iterations: cosmicRays.iterations,
  separableMedian: true,
  clean: 'meanmask',
  level: done[0]?.[0]?.['level'],
})

const joinPlanes = (pieces: readonly Piece[], length: number) => {
  const [only] = pieces
  if (pieces.length === 1 && only !== undefined)
    return { data: only.planes[0] as Float32Array, mask: only.planes[1] as Uint8Array }
  const [data, mask] = [new Float32Array(length), new Uint8Array(length)]
  for (const { from, planes } of pieces) {
    data.set(planes[0] as Float32Array, from)
    mask.set(planes[1] as Uint8Array, from)
  }
  return { data, mask }
}

/**
 * Finds the cosmic rays of one calibrated frame (L.A.Cosmic) and keeps what stands in their place: some thousand pixels, not a
 * copy of the frame. Bands are worked on with a margin that makes them come out as in the whole.
 */
export const cleanCosmicRaysStep: PhasedStep<Input> = {
  name: 'clean-cosmic-rays',
  load: async (context) => {
    const { step, workspace } = context
    const calibrated = String(step.parameters['calibrated'])
    if (stepBefore(context, 'calibrate-frames')?.state !== 'done')
      return skip('The frame could not be calibrated.')
    const reduced = await workspace.reduced.get(calibrated)
    const cosmicRays = reduced?.calibration.cosmicRays
    const patch = reduced?.calibration.patch
    if (reduced === undefined || cosmicRays == null || patch == null)
      return skip('The frame could not be calibrated.')
    if (await workspace.pixels.has(patch)) return { result: { patch }, outputs: [calibrated] }
    return { reduced, recipe: await recipeOf(workspace, reduced, null, 'sky'), cosmicRays, patch }
  },
  planPhase: (input, done, context) => {
    if (done.length === 0) {
      const parts = [{ from: 0, to: 0, item: 0 }]
      return { index: 0, label: 'measure-level', length: 0, planes: [], parts }
    }
    if (done.length > 1) return null
    const { width, height } = input.reduced
    const parts = planParts(width, height, context.resources.workers)
    return { index: 1, label: 'clean-cosmic-rays', length: width * height, planes: ['f32', 'u8'], parts }
  },
  computePart: async (input, { part, done }, planes, context) => {
    const room = openStripRoom(context)
    const { recipe, reduced } = input
    if (part.item !== undefined) return { level: await measureFrameLevel(room, recipe) }
    const { width, height } = reduced
    const margin = cosmicRayMargin(input.cosmicRays)
    const inner = { top: part.from / width, bottom: part.to / width }
    const rows = { top: Math.max(0, inner.top - margin), bottom: Math.min(height, inner.bottom + margin) }
    const shape = { width, height: rows.bottom - rows.top }
    const { arena } = room.compute
    const data = arena.float32(width * shape.height)
    await arena.scope(async () => {
      const masters = createMasterRows(room)
      await prepareMasters(masters, [recipe], rows)
      const all = { left: 0, right: width, ...rows }
      await makeBlock(room, { frame: recipe, width, interpolation: 'nearest' }, all, masters, data)
    })
    throwIfAborted(context.task)
    const made = { data: arena.float32(data.length), mask: arena.uint8(data.length) }
    await room.run(cosmicRaysKernel, parametersFor(input, done, shape), { data }, made)
    const range = [(inner.top - rows.top) * width, (inner.bottom - rows.top) * width] as const
    planes[0]?.set(made.data.subarray(...range))
    planes[1]?.set(made.mask.subarray(...range))
    let hits = 0
    for (const value of made.mask.subarray(...range)) hits += value
    return { hits }
  },
  keepPhase: async ({ patch, reduced }, { phase, pieces }, { workspace }) => {
    if (phase.index === 0) return
    const { data, mask } = joinPlanes(pieces, reduced.width * reduced.height)
    await workspace.pixels.write(patch, packPatch(makePatch(mask, data)))
  },
  save: ({ reduced, patch }, done) => {
    const hits = (done[1] ?? []).reduce((sum, part) => sum + (part['hits'] ?? 0), 0)
    return Promise.resolve({ result: { patch, hits }, outputs: [reduced.id] })
  },
}
