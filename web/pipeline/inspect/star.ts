import { AsterismError } from '../../core/errors'
import { effectiveFacts } from '../../core/frame'
import type { Point } from '../../core/image'
import { detectorOf } from '../../core/reduced'
import type { Workspace } from '../../storage/workspace'
import { findExposure } from '../find-exposure'
import type { FrameSource } from '../frame-source'
import { findFrameWidth, measureInto } from '../measure-stars'

export interface StarInspection {
  readonly x: number
  readonly y: number
  readonly flux: number
  readonly error: number
  readonly sky: number
  readonly skySigma: number
  readonly peak: number
  readonly fwhm: number
  readonly flags: number
  readonly unit: 'adu' | 'electron'
  readonly saturation: number | null
  readonly growth: readonly { readonly radius: number; readonly flux: number }[]
}

export interface StarRequest {
  readonly frame: string
  readonly at: Point
  readonly radius: number
  readonly annulus: readonly [number, number]
}

const GROWTH_STEPS = 24

/** One star on one frame, raw or calibrated, as it will be measured in the curve, with its curve of growth. */
export const inspectStar = async (
  workspace: Workspace,
  frames: FrameSource,
  request: StarRequest,
): Promise<StarInspection> => {
  const reduced = await workspace.reduced.get(request.frame)
  const exposure = await findExposure(workspace, reduced?.exposure ?? request.frame)
  if (exposure === undefined)
    throw new AsterismError('not-found', 'This frame is not in the workspace any more.', {
      frame: request.frame,
    })
  const raw = reduced === undefined ? await frames.raw(exposure) : await frames.uncorrected(reduced)
  const image = reduced === undefined ? raw : (await frames.calibrated(reduced)).image
  const facts = effectiveFacts(exposure)
  const detector = detectorOf(reduced?.calibration ?? {}, facts)
  const reach = request.annulus[0]
  const growthRadii = Array.from({ length: GROWTH_STEPS }, (_, step) => ((step + 1) * reach) / GROWTH_STEPS)
  const radii = [request.radius, ...growthRadii]
  const table = {
    radii,
    annulus: request.annulus,
    ...detector,
    position: null,
  }
  const fwhm = reduced === undefined ? null : await findFrameWidth(workspace, reduced)
  const columns = measureInto([{ pixels: image, raw, at: request.at }], table, {
    centroid: true,
    saturation: facts.saturation,
    fwhm,
  })
  return {
    x: columns.x[0] ?? NaN,
    y: columns.y[0] ?? NaN,
    flux: columns.flux[0] ?? NaN,
    error: columns.error[0] ?? NaN,
    sky: columns.sky[0] ?? NaN,
    skySigma: columns.skySigma[0] ?? NaN,
    peak: columns.peak[0] ?? NaN,
    fwhm: columns.fwhm[0] ?? NaN,
    flags: columns.flags[0] ?? 0,
    unit: detector.gain === null ? 'adu' : 'electron',
    saturation: facts.saturation,
    growth: growthRadii.map((radius, step) => ({ radius, flux: columns.flux[step + 1] ?? NaN })),
  }
}
