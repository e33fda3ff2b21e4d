import type { StretchInput, StretchOutput } from '../../../web/compute/kernels/stretch'
import type { ColourRule } from '../../../web/science/image/colour-values'
import { createRandom } from '../../../web/science/math/random'
import type { KernelCase } from '../../support/check-parity'

const BLANK = 0xff_42_32_2c

const RULES: readonly Omit<ColourRule, 'blank'>[] = [
  { low: 400, high: 700, root: false },
  { low: 400, high: 700, root: true },
  { low: 500, high: 500, root: false },
  { low: 900, high: 300, root: true },
  { low: -1e30, high: 1e30, root: false },
]

export const STRETCH_CASES: readonly KernelCase<ColourRule, StretchInput, StretchOutput>[] = [
  0, 1, 5, 1003,
].flatMap((length) =>
  RULES.map((rule) => ({
    name: `${length} values between ${rule.low} and ${rule.high}${rule.root ? ', square root' : ''}, seed stretch`,
    params: { ...rule, blank: BLANK },
    input: () => {
      const random = createRandom('stretch')
      const special = [Number.NaN, Infinity, -Infinity, rule.low, rule.high]
      const data = Float32Array.from({ length }, (_, i) => special[i % 40] ?? 500 + 120 * random.normal())
      return { data, table: Uint32Array.from({ length: 4097 }, (_, i) => (i * 2_654_435_761) >>> 0) }
    },
    output: () => ({ colours: new Uint32Array(length) }),
  })),
)
