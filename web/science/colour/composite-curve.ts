import type { CompositeCurve } from '../../core/composite'

/** As astropy's LuptonAsinhStretch has them: the place where a straight line and the curve agree, and bounds of Q. */
const FRACTION = 0.1
const SMALLEST_Q = 2 ** -23
const LARGEST_Q = 1e10

/** Steepness of the logarithm, as in DS9 and astropy's LogStretch. */
const LOG_STEEPNESS = 1000

/** Q as it is reckoned with: of none at all a small one. */
const settleQ = (q: number): number => (q < SMALLEST_Q ? 0.1 : Math.min(q, LARGEST_Q))

/** asinh(soften x) * slope is the curve of Lupton. */
export const luptonFactors = (
  stretch: number,
  q: number,
): { readonly soften: number; readonly slope: number } => {
  const softening = settleQ(q)
  return { soften: softening / stretch, slope: FRACTION / Math.asinh(FRACTION * softening) }
}

/**
 * Brightness, 0 at no light, of an amount of light x in the unit of `stretch`; not clipped above 1, and 0 for what is not above 0:
 *   lupton  0.1 asinh(Q x / stretch) / asinh(0.1 Q)   (Lupton et al. 2004, PASP 116, 133; astropy.visualization.LuptonAsinhStretch)
 *   linear  x / stretch
 *   sqrt    sqrt(x / stretch)
 *   log     ln(1 + 1000 x / stretch) / ln(1001)
 */
export const createCompositeCurve = ({
  curve,
  stretch,
  q,
}: {
  readonly curve: CompositeCurve
  readonly stretch: number
  readonly q: number
}): ((light: number) => number) => {
  if (curve === 'lupton') {
    const { soften, slope } = luptonFactors(stretch, q)
    return (light) => (light > 0 ? Math.asinh(light * soften) * slope : 0)
  }
  if (curve === 'log') {
    const scale = 1 / Math.log1p(LOG_STEEPNESS)
    return (light) => (light > 0 ? Math.log1p((LOG_STEEPNESS * light) / stretch) * scale : 0)
  }
  if (curve === 'sqrt') return (light) => (light > 0 ? Math.sqrt(light / stretch) : 0)
  return (light) => (light > 0 ? light / stretch : 0)
}
