import { rejectionRule } from '../../science/calibration/reject-values'
import type { Combine } from '../../core/combine'

const METHODS: readonly Combine['method'][] = ['mean', 'median', 'sum']
const REJECTIONS: readonly Combine['rejection'][] = [
  'none',
  'sigma-clip',
  'winsorized',
  'min-max',
  'percentile',
]

export const RULE_BYTES = 40

/** Writes a rule where the kernels read it: five 32-bit integers and, from byte 24, two doubles. */
export const writeRule = (buffer: ArrayBuffer, address: number, combine: Combine): void => {
  const rule = rejectionRule(combine)
  new Int32Array(buffer, address, 5).set([
    METHODS.indexOf(combine.method),
    REJECTIONS.indexOf(rule.rejection),
    rule.center === 'mean' ? 1 : 0,
    rule.deviation === 'std' ? 1 : 0,
    rule.iterations,
  ])
  new Float64Array(buffer, address + 24, 2).set([rule.low, rule.high])
}

/** May several pixels be combined side by side? What the module's `isPlain` says. */
export const isPlainRule = (combine: Combine): boolean => {
  const { rejection, center, deviation, iterations } = rejectionRule(combine)
  if (combine.weights === 'inverse-variance') return false
  if (rejection === 'none') return true
  return rejection === 'sigma-clip' && center === 'median' && deviation === 'mad' && iterations > 0
}
