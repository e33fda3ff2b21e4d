/**
 * Raised when the arithmetic of a step changes. A version is part of the name of what the step makes, so that an old result is
 * never taken for a new one, and it is kept with the step, so that a result can say how it was made.
 */
export const STEP_VERSIONS = {
  'build-master': 1,
  'map-bad-pixels': 1,
  'calibrate-frames': 1,
  'fix-bad-pixels': 1,
  'map-fringes': 1,
  'fit-sky': 1,
  'clean-cosmic-rays': 1,
  'detect-stars': 1,
  'choose-reference': 1,
  'choose-grid': 1,
  'match-frame': 1,
  'solve-frame': 1,
  'solve-rest': 1,
  'choose-stars': 1,
  'measure-frame': 2,
  'stack-frames': 3,
  'draw-light-curve': 1,
  'measure-bias-frames': 1,
  'measure-dark-frames': 1,
  'measure-flat-frames': 1,
  'map-flat-ratio': 1,
  'write-camera-report': 1,
  'compose-picture': 1,
} as const satisfies Readonly<Record<string, number>>

export const versionOfStep = (name: string): number | null =>
  Object.hasOwn(STEP_VERSIONS, name) ? STEP_VERSIONS[name as keyof typeof STEP_VERSIONS] : null
