import type { InstrumentProfile, ProfileValues } from './profile-schema'

export interface MeasuredCamera {
  /** Electrons per ADU. */
  readonly gain: number
  /** Electrons; null where it was not measured. */
  readonly readNoise: number | null
  /** The camera's own setting that they hold for; null where it has none. */
  readonly gainSetting: number | null
  /** How and when they were measured, for whoever reads the profile. */
  readonly note: string
}

type Quantity = ProfileValues['gain']

/** Begins the notes that this writes, so that a newer one takes the place of an older one. */
const MARK = 'Camera lab: '
const LONGEST = 400
const MOST_NOTES = 30

/** Four digits say all that is measured, and a profile stays legible. */
const round = (value: number): number => Number(value.toPrecision(4))

/**
 * A quantity with a measured value. For a camera with gain settings it is a row of the table by that setting, and rows and rules for
 * others stay; for others it is the number itself.
 */
const merge = (quantity: Quantity, value: number, setting: number | null): Quantity => {
  const rounded = round(value)
  if (setting === null) return rounded
  const rules = Array.isArray(quantity) ? quantity : []
  const isOwn = (rule: (typeof rules)[number]): boolean =>
    rule.table !== undefined && rule.when === undefined && rule.by === undefined
  const own = rules.find(isOwn)
  const rows = (own?.table ?? []).filter(([known]) => known !== setting)
  const table = [...rows, [setting, rounded] as [number, number]].toSorted((a, b) => a[0] - b[0])
  const rest = rules.filter((rule) => rule !== own)
  const fallback = typeof quantity === 'number' ? [{ value: quantity }] : []
  // The table first: of several rules the first that fits counts.
  return [{ ...own, table }, ...rest, ...fallback]
}

/** A profile that knows what was measured of its camera; it wins over what headers say. */
export const withMeasured = (profile: InstrumentProfile, measured: MeasuredCamera): InstrumentProfile => {
  const { gain, readNoise, gainSetting, note } = measured
  const notes = profile.notes.filter((text) => !text.startsWith(MARK)).slice(0, MOST_NOTES - 1)
  return {
    ...profile,
    set: {
      ...profile.set,
      gain: merge(profile.set?.gain, gain, gainSetting),
      ...(readNoise === null ? {} : { readNoise: merge(profile.set?.readNoise, readNoise, gainSetting) }),
    },
    notes: [...notes, `${MARK}${note}`.slice(0, LONGEST)],
  }
}
