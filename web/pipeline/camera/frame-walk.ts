import type { CameraRegion } from '../../core/camera-report'
import type { ExposureRecord } from '../../core/frame'
import { throwIfAborted, type Task } from '../../core/task'
import type { StepContext } from '../step'
import { openStripRoom } from '../strips/strip-room'
import { readRegion } from './read-region'

/** Frames of a group, and how the pixels of one are had: they are read one after the other, and two are in memory at once. */
export interface FrameWalk {
  readonly frames: readonly ExposureRecord[]
  readonly pixels: number
  readonly read: (frame: ExposureRecord) => Promise<Float32Array<ArrayBuffer>>
}

/** The frames of a step that are in the workspace still, in the order of the plan. */
export const openWalk = async (context: StepContext): Promise<FrameWalk> => {
  const { step, workspace } = context
  const region = step.parameters['region'] as CameraRegion
  const room = openStripRoom(context)
  const frames = await workspace.exposures.getMany(step.frames)
  return {
    frames,
    pixels: region.width * region.height,
    read: (frame) => readRegion(room, frame, region),
  }
}

/** Visits each frame with its pixels and those of the one before it. */
export const walkFrames = async (
  { frames, read }: FrameWalk,
  task: Task,
  visit: (
    now: { readonly frame: ExposureRecord; readonly values: Float32Array<ArrayBuffer> },
    before: { readonly frame: ExposureRecord; readonly values: Float32Array<ArrayBuffer> } | null,
  ) => void,
): Promise<void> => {
  let before: Parameters<typeof visit>[1] = null
  for (const [index, frame] of frames.entries()) {
    throwIfAborted(task)
    task.report({ label: frame.name, done: index, total: frames.length })
    const now = { frame, values: await read(frame) }
    visit(now, before)
    before = now
  }
}
