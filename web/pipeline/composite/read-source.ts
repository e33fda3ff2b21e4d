import type { Compute } from '../../compute/create-compute'
import { shiftPattern } from '../../core/colour-channel'
import type { CompositeInput, CompositeLabel } from '../../core/composite'
import { AsterismError } from '../../core/errors'
import { effectiveFacts, type FrameFacts } from '../../core/frame'
import type { Image } from '../../core/image'
import { placeOnOriginal } from '../../core/reduced'
import type { Task } from '../../core/task'
import type { Workspace } from '../../storage/workspace'
import { findExposure } from '../find-exposure'
import type { FrameSource } from '../frame-source'
import { makeColourPlanes } from '../inspect/colour-planes'

export interface CompositeRoom {
  readonly workspace: Workspace
  readonly frames: FrameSource
  readonly compute: Compute
}

/** What is known of an input without its pixels. */
export interface SourceFacts {
  readonly label: CompositeLabel
  /** Frames that lie on the same grid have the same word here. */
  readonly grid: string
  /** Level from which a pixel is saturated, where that is known of pixels as they are. */
  readonly saturation: number | null
  readonly width: number
  readonly height: number
  readonly unit: string
  readonly object: string | null
  readonly telescope: string
  readonly instrument: string
  readonly night: string
  readonly dateObs: string | null
  /** Its own id and those that it was made of. */
  readonly inputs: readonly string[]
}

interface OpenSource {
  readonly facts: SourceFacts
  readonly readImage: (task: Task) => Promise<Image>
}

const missing = (frame: string): AsterismError =>
  new AsterismError(
    'not-found',
    'A frame of this picture is not in the workspace any more. Choose another in its place.',
    { frame },
  )

const PART_FILTER = { red: 'R', green: 'G', blue: 'B' } as const

const labelsOf = ({ object, telescope, instrument, night, dateObs }: FrameFacts) => ({
  object,
  telescope,
  instrument,
  night,
  dateObs,
})

/** One colour of a mosaic at full size, from its neighbours (bilinear, as the viewer shows it). */
const takePart = async (
  compute: Compute,
  image: Image,
  { pattern, part }: { pattern: Parameters<typeof shiftPattern>[0]; part: 'red' | 'green' | 'blue' },
  task: Task,
): Promise<Image> => {
  const wish = { pattern, method: 'bilinear', mostPixels: image.data.length } as const
  const { planes } = await makeColourPlanes(compute, image, wish, task)
  return { ...image, data: planes[part === 'red' ? 0 : part === 'green' ? 1 : 2] }
}

/** Finds an input and says how its pixels are read: a raw frame, a calibrated or registered one, a stack; of a mosaic one of its colours. */
export const openSource = async (
  { workspace, frames, compute }: CompositeRoom,
  { frame, part }: CompositeInput,
): Promise<OpenSource> => {
  const stack = await workspace.stacks.get(frame)
  if (stack !== undefined) {
    const { name, filter, exposure, width, height, unit } = stack
    return {
      facts: {
        label: { name, filter, exposure },
        grid: stack.grid == null ? (stack.reference ?? stack.id) : JSON.stringify(stack.grid),
        saturation: null,
        width,
        height,
        unit,
        object: stack.object,
        telescope: stack.telescope,
        instrument: stack.instrument,
        night: stack.night,
        dateObs: stack.dateObs,
        inputs: [stack.id, ...stack.inputs],
      },
      readImage: () => frames.stored(stack, 0),
    }
  }
  const reduced = await workspace.reduced.get(frame)
  const exposure = await findExposure(workspace, reduced?.exposure ?? frame)
  if (exposure === undefined) throw missing(frame)
  const facts = effectiveFacts(exposure)
  const pattern = facts.bayerPattern ?? null
  const isMosaic = pattern !== null && reduced?.calibration.channel == null
  if (part !== 'whole' && !isMosaic)
    throw new AsterismError(
      'bad-order',
      `${reduced?.name ?? exposure.name} was not taken through a mosaic of filters: it has no ${part} of its own. Take all of it.`,
      { frame, part },
    )
  const own = part === 'whole' ? null : part
  // Colours cannot be taken apart any more once a mosaic is resampled: they are those of the frame's own grid.
  const onOwnGrid = own !== null || reduced?.registration == null
  const raw = reduced === undefined
  return {
    facts: {
      ...labelsOf(facts),
      label: {
        name: reduced?.name ?? exposure.name,
        filter: own === null ? (reduced?.calibration.channel?.name ?? facts.filter) : PART_FILTER[own],
        exposure: facts.exposure,
      },
      grid: onOwnGrid ? frame : (reduced?.registration?.reference ?? frame),
      saturation: raw ? facts.saturation : null,
      width: reduced?.width ?? exposure.width,
      height: reduced?.height ?? exposure.height,
      unit: reduced?.unit ?? 'adu',
      inputs: [frame, ...(reduced?.inputs ?? [])],
    },
    readImage: async (task) => {
      if (raw) {
        const image = await frames.raw(exposure, { task })
        return own === null || pattern === null
          ? image
          : takePart(compute, image, { pattern, part: own }, task)
      }
      if (own === null || pattern === null) return frames.registered(reduced, { task })
      const { image } = await frames.calibrated(reduced, { task })
      const shifted = shiftPattern(pattern, placeOnOriginal(reduced.calibration))
      return takePart(compute, image, { pattern: shifted, part: own }, task)
    },
  }
}
