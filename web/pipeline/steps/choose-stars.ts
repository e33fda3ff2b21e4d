import { AsterismError } from '../../core/errors'
import { effectiveFacts, type ExposureRecord } from '../../core/frame'
import { flagBit } from '../../core/flags'
import { hashRecipe, idFromHash } from '../../core/ids'
import type { Point } from '../../core/image'
import type { MeasuredStar, PhotometryTableRecord } from '../../core/photometry'
import { detectorOf, placeOnOriginal, type CalibrationRecipe } from '../../core/reduced'
import type { SourceListRecord } from '../../core/source-list'
import { createIcrsTransform } from '../../science/astrometry/icrs-transform'
import type { Wcs } from '../../science/astrometry/wcs/wcs'
import { findFrameWcs } from '../astrometry/find-frame-wcs'
import { chooseAnnulus, chooseRadii } from '../choose-radii'
import { skip, stepBefore, type StepDefinition } from '../step'
import { STEP_VERSIONS } from '../step-versions'

/** A position that a person clicked belongs to a detected star at most this many widths away. */
const CLICK_WIDTHS = 1.5

interface Request {
  readonly positions: 'detect' | readonly Point[]
  readonly radii: readonly number[] | null
  readonly radiusUnit: 'pixel' | 'arcsec' | 'fwhm'
  readonly annulus: readonly [number, number] | null
  readonly maximumStars: number
  readonly target: (Point & { readonly ra?: number; readonly dec?: number }) | string | null
  readonly comparisons: 'auto' | readonly Point[]
  readonly position: { readonly ra: number; readonly dec: number } | null
  readonly radius: number | 'best'
}

interface Input {
  readonly request: Request
  readonly sources: SourceListRecord
  readonly exposure: ExposureRecord
  readonly calibration: CalibrationRecipe
  readonly reference: string
  /** Where the reference frame is on the sky; null where it was not solved. */
  readonly solved: { readonly wcs: Wcs; readonly solution: string } | null
  readonly frames: readonly string[]
  readonly order: string
}

const nearestStar = (sources: SourceListRecord, at: Point, reach: number): Point | null => {
  let best: Point | null = null
  let closest = reach
  for (let star = 0; star < sources.x.length; star++) {
    const x = sources.x[star] ?? NaN
    const y = sources.y[star] ?? NaN
    if (Math.abs(x - at.x) > closest || Math.abs(y - at.y) > closest) continue
    const distance = Math.hypot(x - at.x, y - at.y)
    if (!(distance <= closest)) continue
    closest = distance
    best = { x, y }
  }
  return best
}

const brightest = (sources: SourceListRecord, most: number): Point[] => {
  const points: Point[] = []
  const unusable = flagBit('edge') | flagBit('bad-pixel')
  for (let star = 0; star < sources.x.length && points.length < most; star++) {
    if (((sources.flags[star] ?? 0) & unusable) !== 0) continue
    points.push({ x: sources.x[star] ?? NaN, y: sources.y[star] ?? NaN })
  }
  return points
}

/** The stars to measure: the target, the comparisons that were named, then the brightest of the field; each star once. */
const listStars = (request: Request, sources: SourceListRecord, fwhm: number): MeasuredStar[] => {
  const { target, comparisons, positions } = request
  if (typeof target === 'string') {
    throw new AsterismError(
      'no-target',
      `The name "${target}" cannot be looked up here yet. Pick the target on the image, or give its pixel position.`,
    )
  }
  const stars: MeasuredStar[] = []
  const reach = CLICK_WIDTHS * fwhm
  const add = (at: Point, role: MeasuredStar['role'], name: string) => {
    const { x, y } = nearestStar(sources, at, reach) ?? at
    const near = fwhm / 2
    const isKnown = (star: Point): boolean =>
      Math.abs(star.x - x) < near && Math.abs(star.y - y) < near && Math.hypot(star.x - x, star.y - y) < near
    if (stars.some(isKnown)) return
    stars.push({ name, x, y, role })
  }
  if (target !== null) add(target, 'target', 'T')
  if (comparisons !== 'auto') comparisons.forEach((at, index) => add(at, 'comparison', `C${index + 1}`))
  const field = positions === 'detect' ? brightest(sources, request.maximumStars) : positions
  for (const at of field) add(at, 'field', `S${stars.length + 1}`)
  return stars
}

/** Decides which stars are measured in every frame, at which radii, with which sky. */
export const chooseStarsStep: StepDefinition<Input, PhotometryTableRecord> = {
  name: 'choose-stars',
  load: async (context) => {
    const { step, workspace, before } = context
    const reference = stepBefore(context, 'choose-reference')
    if (reference?.state !== 'done') return skip('There is no reference frame.')
    const frames = before
      .filter((earlier) => earlier.name === 'match-frame')
      .flatMap((earlier) => earlier.outputs)
    if (frames.length === 0) return skip('No frame could be registered.')
    const sources = await workspace.sources.get(String(reference.result['sources']))
    const exposure = await workspace.exposures.get(String(reference.result['exposure']))
    const reduced = await workspace.reduced.get(String(reference.result['reference']))
    if (sources === undefined || exposure === undefined || reduced === undefined)
      return skip('The reference frame is no longer in the workspace.')
    const request = step.parameters as unknown as Request
    const found = await findFrameWcs(workspace, reduced.id)
    return {
      request,
      sources,
      exposure,
      calibration: reduced.calibration,
      frames,
      reference: String(reference.result['reference']),
      solved: found?.solution == null ? null : { wcs: found.wcs, solution: found.solution.id },
      order: step.order,
    }
  },
  compute: async (input) => {
    const { request, sources, exposure, calibration, reference, frames, order, solved } = input
    const fwhm = sources.quality.fwhm ?? 4
    const facts = effectiveFacts(exposure)
    const stars = listStars(request, sources, fwhm)
    const { gain, readNoise } = detectorOf(calibration, facts)
    const { step } = placeOnOriginal(calibration)
    const pixelScale = facts.pixelScale === null ? null : facts.pixelScale * step
    const radii = chooseRadii(request, { fwhm, pixelScale })
    const annulus = request.annulus ?? chooseAnnulus(radii)
    const position = skyPosition(input, stars)
    const usesSolution = position?.source === 'solved' && solved !== null
    const recipe = {
      step: 'measure-frame',
      version: STEP_VERSIONS['measure-frame'],
      reference,
      frames,
      stars,
      radii,
      annulus,
      position,
    }
    return {
      id: idFromHash('photometry', await hashRecipe(recipe)),
      order,
      reference,
      stars,
      radii,
      annulus,
      unit: gain === null ? 'adu' : 'electron',
      gain,
      readNoise,
      position,
      frames,
      inputs: [...new Set([reference, sources.id, ...(usesSolution ? [solved.solution] : []), ...frames])],
      createdAt: Date.now(),
    }
  },
  save: async (table, _input, { workspace }) => {
    if ((await workspace.photometryTables.get(table.id)) === undefined)
      await workspace.photometryTables.put(table)
    return {
      result: {
        table: table.id,
        stars: table.stars.length,
        radii: table.radii,
        annulus: table.annulus,
        rows: table.stars.length * table.radii.length * table.frames.length,
      },
      outputs: [table.id],
    }
  },
}

/**
 * What a person gave wins over the solved reference frame, and that over the header's pointing, and it is said which it was: the pointing may be
 * off by minutes of arc.
 */
const skyPosition = (
  { request, exposure, solved }: Input,
  stars: readonly MeasuredStar[],
): PhotometryTableRecord['position'] => {
  const { target, position } = request
  if (position !== null) return { ...position, source: 'given' }
  if (target !== null && typeof target !== 'string' && target.ra !== undefined && target.dec !== undefined) {
    return { ra: target.ra, dec: target.dec, source: 'given' }
  }
  const star = stars.find(({ role }) => role === 'target')
  const place = star === undefined || solved === null ? null : placeOnSky(solved.wcs, star)
  if (place !== null) return { ...place, source: 'solved' }
  const facts = effectiveFacts(exposure)
  if (facts.rightAscension === null || facts.declination === null) return null
  return { ra: facts.rightAscension, dec: facts.declination, source: 'pointing' }
}

const placeOnSky = (wcs: Wcs, { x, y }: Point): { readonly ra: number; readonly dec: number } | null => {
  const out = new Float64Array(6)
  return createIcrsTransform(wcs)?.pixelToSky(x, y, out) === true ? { ra: out[0]!, dec: out[1]! } : null
}
