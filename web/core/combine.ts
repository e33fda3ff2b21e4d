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
  readonly scale?: 'none' | 'median' | 'exposure'
  readonly weights?: 'none' | 'inverse-variance'
}
