/** How values become colours, by a table that holds stretch and colour map. */
export interface ColourRule {
  /** Values at and below which the first colour of the table is taken, and at and above which the last. */
  readonly low: number
  readonly high: number
  /** Whether the square root of the place between the cuts is looked up: it is too steep at 0 for a table. */
  readonly root: boolean
  /** Colour of a pixel without a value. */
  readonly blank: number
}

/**
 * Colours of values, one 32-bit word each, out of a table from cut to cut. Cuts that coincide make a step: the first colour at and below, the
 * last above. Infinities get the colour of their side.
 */
export const colourValues = (
  values: Float32Array,
  { low, high, root, blank }: ColourRule,
  table: Uint32Array,
  into: Uint32Array,
): void => {
  const last = table.length - 1
  const ramp = high > low
  const perValue = ramp ? 1 / (high - low) : 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (Number.isNaN(value)) {
      into[i] = blank
      continue
    }
    const t = ramp ? (value - low) * perValue : value > low ? 1 : 0
    into[i] = table[t <= 0 ? 0 : t >= 1 ? last : ((root ? Math.sqrt(t) : t) * last + 0.5) | 0]!
  }
}
