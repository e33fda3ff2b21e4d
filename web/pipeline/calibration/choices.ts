import type { Workspace } from '../../storage/workspace'
import { calibrationShape, parseOrder, type OrderParameters } from '../order-parameters'

type CalibrationKey = Exclude<keyof typeof calibrationShape, 'masters' | 'frameMasters'>

/** How frames are calibrated, whichever frames they are; which masters single frames get is chosen elsewhere. */
export type CalibrationParameters = Pick<OrderParameters, CalibrationKey>

/** What a person wants otherwise than it is done without a word. */
export type CalibrationChoices = { readonly [Key in CalibrationKey]?: CalibrationParameters[Key] }

const isKey = (key: string): key is CalibrationKey =>
  Object.hasOwn(calibrationShape, key) && key !== 'masters' && key !== 'frameMasters'

export const CALIBRATION_KEYS: readonly CalibrationKey[] = Object.keys(calibrationShape).filter(isKey)

/** The parameters of an order that says nothing. */
export const CALIBRATION_DEFAULTS: CalibrationParameters = parseOrder({
  request: 'calibrate_file_batch',
}).parameters

/** Whatever the order of the keys, and whether what is not said is absent or null. */
const canonical = (value: unknown): string =>
  JSON.stringify(value ?? null, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )

/**
 * Choices from outside, each checked by itself: one that this version does not know, or that is out of bounds, is left out, and so is one
 * that is the default anyway.
 */
export const readChoices = (given: unknown): CalibrationChoices => {
  if (typeof given !== 'object' || given === null) return {}
  const choices: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(given)) {
    if (!isKey(key)) continue
    const parsed = calibrationShape[key].safeParse(value)
    if (parsed.success && canonical(parsed.data) !== canonical(CALIBRATION_DEFAULTS[key]))
      choices[key] = parsed.data
  }
  return choices
}

/** The parameters that an order with these choices has. */
export const withDefaults = (choices: CalibrationChoices): CalibrationParameters => ({
  ...CALIBRATION_DEFAULTS,
  ...choices,
})

/** Kept in the workspace, and so travels with a project. */
export const CALIBRATION_SETTING = 'calibration'

export interface KeptCalibration {
  readonly choices: CalibrationChoices
  /** Milliseconds since 1970; 0 where nobody ever chose anything. */
  readonly changedAt: number
}

export const readKeptCalibration = async (workspace: Workspace): Promise<KeptCalibration> => {
  const setting = await workspace.settings.get(CALIBRATION_SETTING)
  const value = setting?.value
  if (typeof value !== 'object' || value === null) return { choices: {}, changedAt: 0 }
  const { choices, changedAt } = value as Partial<Record<keyof KeptCalibration, unknown>>
  return { choices: readChoices(choices), changedAt: typeof changedAt === 'number' ? changedAt : 0 }
}

/** An order's parameters with what was chosen for the calibration in place of what they said of it. */
export const replaceCalibration = (
  parameters: Readonly<Record<string, unknown>>,
  choices: CalibrationChoices,
): Record<string, unknown> => ({
  ...Object.fromEntries(Object.entries(parameters).filter(([key]) => !isKey(key))),
  ...choices,
})
