/** How coordinates are written, and so which steps of them are round. */
export type CoordinateStyle = 'sexagesimal' | 'degrees'

const MINUTE = 1 / 60
const SECOND = 1 / 3600
const PARTS = [30, 20, 10, 5, 2, 1] as const

/** 5, 2 and 1 times each power of ten, from 0.5 down to a tenth of a millionth. */
const DECIMALS: readonly number[] = [0.1, 0.01, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7].flatMap((power) => [
  5 * power,
  2 * power,
  power,
])
/** What is finer than a second of either kind. */
const FRACTIONS = DECIMALS.slice(0, 9)

const DEGREE_STEPS: readonly number[] = [30, 20, 10, 5, 2, 1, ...DECIMALS]
const ARC_STEPS: readonly number[] = [
  30,
  20,
  10,
  5,
  2,
  1,
  ...PARTS.map((part) => part * MINUTE),
  ...PARTS.map((part) => part * SECOND),
  ...FRACTIONS.map((part) => part * SECOND),
]
const HOUR_STEPS: readonly number[] = [
  6,
  3,
  2,
  1,
  ...PARTS.map((part) => part * MINUTE),
  ...PARTS.map((part) => part * SECOND),
  ...FRACTIONS.map((part) => part * SECOND),
]
const ROUND_STEPS: readonly number[] = [90, 45, 30, 15, 10, 5, 2, 1, ...DECIMALS]

/** The finest of the steps, which fall, that is no finer than `least`. */
const chooseStep = (steps: readonly number[], least: number): number =>
  steps.findLast((step) => step >= least * (1 - 1e-9)) ?? steps[0]!

/** Degrees of declination from line to line, at least `least`, in steps that a person would choose. */
export const chooseDeclinationStep = (least: number, style: CoordinateStyle): number =>
  chooseStep(style === 'degrees' ? DEGREE_STEPS : ARC_STEPS, least)

/** Degrees of right ascension from line to line: round in hours, minutes and seconds of time where coordinates are written so. They divide the circle without a rest. */
export const chooseRightAscensionStep = (least: number, style: CoordinateStyle): number =>
  style === 'degrees' ? chooseStep(ROUND_STEPS, least) : 15 * chooseStep(HOUR_STEPS, least / 15)
