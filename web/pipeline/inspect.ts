import type { Compute } from '../compute/create-compute'
import { AsterismError } from '../core/errors'
import { effectiveFacts } from '../core/frame'
import type { MasterQuality } from '../core/master'
import type { FrameStatisticsRecord } from '../core/frame-statistics'
import type { FrameQuality } from '../core/source-list'
import { idleTask, throwIfAborted, type Task } from '../core/task'
import type { FrameCompression } from '../core/frame-compression'
import type { LightCurveRecord } from '../core/light-curve'
import type { Image, Point } from '../core/image'
import { reduceRows } from '../science/image/reduce-rows'
import type { Workspace } from '../storage/workspace'
import type { ColourPlanes } from '../core/colour-picture'
import { createFrameSource } from './create-frame-source'
import { exportFrameFits } from './export/frame-fits'
import { exportNotebook, type NotebookRequest } from './export/notebook/export-notebook'
import { readFrameColours, type ColoursRequest } from './inspect/frame-colours'
import { readFramePixels, type FramePlane, type PixelsRequest } from './inspect/frame-pixels'
import { createLiveCurve, type LiveCurveInput } from './inspect/live-curve'
import { inspectStar, type StarInspection } from './inspect/star'
import { makeThumbnail } from './inspect/thumbnail'
import { measureFrame } from './frames/measure-frame'
import { measureQuality } from './masters/measure-quality'
import { measureStack } from './stack/measure-stack'
import { previewComposite, type CompositePreview, type PreviewRequest } from './composite/preview-composite'
import { exportPicture, type PictureRequest } from './export/pictures/export-picture'
import { findExposure } from './find-exposure'
import { openRoom } from './strips/strip-room'

/** What a person looks at and drags: answered at once, beside the orders that run, from one worker of its own. */
export interface Inspector {
  pixels(request: PixelsRequest, task: Task): Promise<FramePlane>
  /** Of a frame behind a colour mask. */
  colours(request: ColoursRequest, task: Task): Promise<ColourPlanes>
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
  /** What a master says of the camera. */
  measureMaster(id: string): Promise<MasterQuality>
  /** What a stack is like, by the measures of its frames. */
  measureStack(id: string): Promise<FrameQuality>
  /** What a raw frame is like. */
  measureFrame(id: string): Promise<FrameStatisticsRecord>
  exportFits(frame: string, compression?: FrameCompression): Promise<Uint8Array<ArrayBuffer>>
  /** Inputs of a picture in colour on one grid, and what they are like. */
  previewComposite(request: PreviewRequest, task: Task): Promise<CompositePreview>
  exportPicture(request: PictureRequest, task: Task): Promise<Uint8Array<ArrayBuffer>>
  /** The steps behind a result as a Python notebook or script. */
  exportNotebook(request: NotebookRequest, task: Task): Promise<string>
}

const halve = ({ width, height, data }: Image): Image => ({
  width: Math.ceil(width / 2),
  height: Math.ceil(height / 2),
  data: reduceRows({ width, data }, 2),
})

/** One thing at a time, since all of it works in lent memory. */
export const createInspector = (workspace: Workspace, compute: Compute): Inspector => {
  const frames = createFrameSource(workspace, compute)
  const live = createLiveCurve(workspace, frames)
  const { inTurn } = compute
  return {
    pixels: (request, task) =>
      inTurn(() => {
        throwIfAborted(task)
        return readFramePixels(workspace, frames, request, task)
      }),
    colours: (request, task) =>
      inTurn(() => {
        throwIfAborted(task)
        return readFrameColours({ workspace, frames, compute }, request, task)
      }),
    thumbnail: (frame, size) =>
      inTurn(async () => {
        const { width, height, data } = await readFramePixels(workspace, frames, { frame, plane: 'data' })
        const image = { width, height, data: data as Float32Array }
        const exposure = await findExposure(workspace, frame)
        const hasMask = exposure !== undefined && effectiveFacts(exposure).bayerPattern != null
        // The pattern of a colour mask would be all that is seen: its cells are taken as a whole.
        return makeThumbnail(hasMask ? halve(image) : image, Math.min(512, Math.max(8, size)))
      }),
    measureStar: (request) => inTurn(() => inspectStar(workspace, frames, request)),
    measureLiveCurve: (input, task) =>
      inTurn(() => {
        throwIfAborted(task)
        return live.measure(input, task)
      }),
    measureMaster: (id) =>
      inTurn(async () => {
        const master = await workspace.masters.get(id)
        if (master === undefined)
          throw new AsterismError('not-found', 'This master is not in the workspace any more.', {
            master: id,
          })
        return measureQuality(openRoom({ workspace, compute, task: idleTask() }), master)
      }),
    measureStack: (id) => inTurn(() => measureStack(workspace, compute, frames, id, idleTask())),
    measureFrame: (id) =>
      inTurn(async () => {
        const exposure = await workspace.exposures.get(id)
        if (exposure === undefined)
          throw new AsterismError('not-found', 'This frame is not in the workspace any more.', { frame: id })
        return measureFrame(compute, frames, exposure)
      }),
    exportFits: (frame, compression) =>
      inTurn(async () => {
        if ((await workspace.composites.get(frame)) === undefined)
          return exportFrameFits(workspace, frames, frame, compression)
        const wish = { picture: frame, format: 'fits', appVersion: '' } as const
        return exportPicture({ workspace, frames, compute }, wish, idleTask())
      }),
    previewComposite: (request, task) =>
      inTurn(() => {
        throwIfAborted(task)
        return previewComposite({ workspace, frames, compute }, request, task)
      }),
    exportPicture: (request, task) =>
      inTurn(() => exportPicture({ workspace, frames, compute }, request, task)),
    exportNotebook: (request, task) => inTurn(() => exportNotebook(request, workspace, frames, task)),
  }
}
