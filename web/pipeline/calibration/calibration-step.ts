/** What is done to a light, in the order in which it is done. */
export const CALIBRATION_STEPS = [
  'saturation',
  'overscan',
  'trim',
  'linearity',
  'bias',
  'dark',
  'flat',
  'electrons',
  'channel',
  'badPixels',
  'fringe',
  'gradient',
  'cosmicRays',
] as const

export type CalibrationStepId = (typeof CALIBRATION_STEPS)[number]

/** Something to be said, as a code and values that the page turns into words. */
export interface Remark {
  readonly code: string
  readonly values: Readonly<Record<string, string | number | null>>
}
