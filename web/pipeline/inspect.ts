import { throwIfAborted, type Task } from '../core/task'
import type { LightCurveRecord } from '../core/light-curve'
import type { Point } from '../core/image'
import type { Workspace } from '../storage/workspace'
import { createFrameSource } from './frame-source'
import { exportFrameFits } from './export/frame-fits'
import { readFramePixels, type FramePlane, type Plane } from './inspect/frame-pixels'
import { createLiveCurve, type LiveCurveInput } from './inspect/live-curve'
import { inspectStar, type StarInspection } from './inspect/star'
import { makeThumbnail } from './inspect/thumbnail'

/** What a person looks at and drags: answered at once, beside the orders that run, from one worker of its own. */
export interface Inspector {
  pixels(frame: string, plane: Plane): Promise<FramePlane>
  thumbnail(
    frame: string,
    size: number,
  ): Promise<{ width: number; height: number; grey: Uint8Array<ArrayBuffer> }>
  measureStar(request: {
    frame: string
    at: Point
    radius: number
    annulus: readonly [number, number]
  }): Promise<StarInspection>
  measureLiveCurve(input: LiveCurveInput, task: Task): Promise<LightCurveRecord>
  exportFits(frame: string): Promise<Uint8Array<ArrayBuffer>>
}

export const createInspector = (workspace: Workspace): Inspector => {
  const frames = createFrameSource(workspace)
  const live = createLiveCurve(workspace, frames)
  return {
    pixels: (frame, plane) => readFramePixels(workspace, frames, frame, plane),
    thumbnail: async (frame, size) => {
      const { width, height, data } = await readFramePixels(workspace, frames, frame, 'data')
      return makeThumbnail({ width, height, data: data as Float32Array }, Math.min(512, Math.max(8, size)))
    },
    measureStar: (request) => inspectStar(workspace, frames, request),
    measureLiveCurve: (input, task) => {
      throwIfAborted(task)
      return live.measure(input, task)
    },
    exportFits: (frame) => exportFrameFits(workspace, frames, frame),
  }
}
