/** How several frames become one; the words are those of the scripting contract. */
export interface Combine {
  readonly method: 'mean' | 'median' | 'sum'
  readonly rejection: 'none' | 'sigma-clip' | 'winsorized' | 'min-max' | 'percentile'
  /** Sigmas below and above for clipping; frames for min-max; per cent for percentile. */
  readonly low?: number
  readonly high?: number
  readonly center?: 'median' | 'mean'
  readonly deviation?: 'std' | 'mad'
  readonly iterations?: number
  /** What values are multiplied with first; by the fluxes of common stars only in stacks. */
  readonly scale?: 'none' | 'median' | 'exposure' | 'stars'
  readonly weights?: 'none' | 'inverse-variance'
}
