import { measureErrors } from './fit-errors'
import type { ReferenceSky } from './reference-sky'
import type { RefinedSolution } from './refine-solution'
import { projectVector, RADIAN, toSky, touchAt, toVector, type Vector } from './sphere'
import { tanSipToSky } from './tan-sip'
import type { FieldToSolve, MatchedStar, PlateSolution } from './solve-types'

export interface SolvedParts {
  readonly frame: FieldToSolve
  readonly sky: ReferenceSky
  readonly refined: RefinedSolution
  readonly logOdds: number
}

const rootMeanSquare = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / Math.max(1, values.length))

/** What a person and a header are told of a solution. */
export const describeSolution = ({ frame, sky, refined, logOdds }: SolvedParts): PlateSolution => {
  const { wcs, pairs, parameters, onFrame } = refined
  const { vectors, origin } = sky
  const [cd11, cd12, cd21, cd22] = wcs.cd
  const determinant = cd11 * cd22 - cd12 * cd21
  const vectorOf = (reference: number): Vector => [
    vectors.x[reference]!,
    vectors.y[reference]!,
    vectors.z[reference]!,
  ]
  const matched = pairs
    .map(({ star, reference, dx, dy }): MatchedStar => {
      const place = toSky(vectorOf(reference))
      const { x, y } = frame.stars[star]!
      const [seenRa, seenDec] = tanSipToSky(wcs, x, y)
      const [east, north] = projectVector(touchAt(toVector(...place)), ...toVector(seenRa, seenDec))
      return {
        star,
        reference: origin[reference]!,
        dx,
        dy,
        east: (east / RADIAN) * 3600,
        north: (north / RADIAN) * 3600,
      }
    })
    .sort((a, b) => a.star - b.star)
  const stars = new Set(matched.map(({ star }) => star))
  const references = new Set(matched.map(({ reference }) => reference))
  const scale = 3600 * Math.sqrt(Math.abs(determinant))
  const errors = measureErrors(
    {
      u: pairs.map(({ star }) => frame.stars[star]!.x - wcs.crpix[0]),
      v: pairs.map(({ star }) => frame.stars[star]!.y - wcs.crpix[1]),
    },
    {
      squares: pairs.reduce((sum, { dx, dy }) => sum + dx * dx + dy * dy, 0),
      parameters,
      order: wcs.order,
      scale,
    },
  )
  return {
    solved: true,
    wcs,
    center: tanSipToSky(wcs, (frame.width - 1) / 2, (frame.height - 1) / 2),
    scale,
    // North's position angle of the y axis: its part towards east against that towards north.
    rotation: (((Math.atan2(cd12, cd22) / RADIAN) % 360) + 360) % 360,
    parity: determinant > 0 ? 1 : -1,
    errors,
    matched,
    unmatchedStars: [...frame.stars.keys()].filter((star) => !stars.has(star)),
    unmatchedReferences: onFrame
      .map((reference) => origin[reference]!)
      .filter((reference) => !references.has(reference)),
    rmsPixels: rootMeanSquare(matched.map(({ dx, dy }) => Math.hypot(dx, dy))),
    rmsArcseconds: rootMeanSquare(matched.map(({ east, north }) => Math.hypot(east, north))),
    logOdds,
  }
}
