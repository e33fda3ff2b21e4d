import type { PlateSolutionRecord } from '../../core/plate-solution'
import { tanSipToWcs } from '../../science/astrometry/tan-sip-to-wcs'
import type { FieldStar } from '../../science/astrometry/solve/solve-types'
import { createTransform } from '../../science/astrometry/wcs/create-transform'
import type { SolvedStages } from './solve-stages'

export type SolutionFacts = Pick<
  PlateSolutionRecord,
  'id' | 'exposure' | 'name' | 'order' | 'frame' | 'width' | 'height' | 'neighbour' | 'seconds' | 'inputs'
>

/** What the solver found as a record: everything that a person, a header and an overlay are told later. */
export const makeSolution = (
  facts: SolutionFacts,
  stars: readonly FieldStar[],
  { solution, references, stage, refused }: SolvedStages,
): PlateSolutionRecord => {
  const { matched, unmatchedStars, unmatchedReferences, wcs } = solution
  const { rightAscension, declination, magnitude } = references.stars
  const { skyToPixel } = createTransform(tanSipToWcs(wcs))
  const out = new Float64Array(6)
  const missing = unmatchedReferences.map((reference) => {
    const found = skyToPixel(rightAscension[reference]!, declination[reference]!, out)
    return { reference, x: found ? out[0]! : Number.NaN, y: found ? out[1]! : Number.NaN }
  })
  return {
    ...facts,
    wcs,
    center: solution.center,
    scale: solution.scale,
    rotation: solution.rotation,
    errors: solution.errors,
    parity: solution.parity,
    sipOrder: wcs.order,
    rmsPixels: solution.rmsPixels,
    rmsArcseconds: solution.rmsArcseconds,
    logOdds: solution.logOdds,
    catalogue: references.used,
    hints: { source: stage.source, ...stage.hints },
    attempts: refused.length,
    matched: {
      x: Float64Array.from(matched, ({ star }) => stars[star]!.x),
      y: Float64Array.from(matched, ({ star }) => stars[star]!.y),
      rightAscension: Float64Array.from(matched, ({ reference }) => rightAscension[reference]!),
      declination: Float64Array.from(matched, ({ reference }) => declination[reference]!),
      magnitude: Float32Array.from(matched, ({ reference }) => magnitude[reference]!),
      dx: Float32Array.from(matched, ({ dx }) => dx),
      dy: Float32Array.from(matched, ({ dy }) => dy),
      east: Float32Array.from(matched, ({ east }) => east),
      north: Float32Array.from(matched, ({ north }) => north),
    },
    unmatchedStars: {
      x: Float64Array.from(unmatchedStars, (star) => stars[star]!.x),
      y: Float64Array.from(unmatchedStars, (star) => stars[star]!.y),
      flux: Float32Array.from(unmatchedStars, (star) => stars[star]!.flux),
    },
    unmatchedReferences: {
      rightAscension: Float64Array.from(missing, ({ reference }) => rightAscension[reference]!),
      declination: Float64Array.from(missing, ({ reference }) => declination[reference]!),
      magnitude: Float32Array.from(missing, ({ reference }) => magnitude[reference]!),
      x: Float64Array.from(missing, ({ x }) => x),
      y: Float64Array.from(missing, ({ y }) => y),
    },
    flags: [...references.flags, ...(stage.source === 'blind' ? ['blind'] : [])],
    createdAt: Date.now(),
  }
}
