import { SECONDS_PER_DAY } from '../../core/units'
import type { SimulationRecipe } from './recipe'
import { julianDate } from './sky-geometry'

export type SimulatedKind = 'bias' | 'dark' | 'flat' | 'light'

/** One frame of the night before it is made. */
export interface PlannedFrame {
  readonly kind: SimulatedKind
  /** Number among its kind, from 0. */
  readonly number: number
  /** Folder and file. */
  readonly name: string
  /** Seconds. */
  readonly exposure: number
  readonly jdUtcStart: number
}

/** Seconds between two calibration frames beyond their exposure: read-out. */
const READ_OUT = 6

export const frameCount = ({ counts }: SimulationRecipe): number =>
  counts.bias + counts.dark + counts.flat + counts.light

/** Frames in the order in which they are taken: bias, dark, flat, light. */
export const planFrame = (recipe: SimulationRecipe, index: number): PlannedFrame => {
  const { counts, exposure, filter, flatExposure } = recipe
  if (!Number.isInteger(index) || index < 0 || index >= frameCount(recipe)) {
    throw new RangeError(`The night has ${frameCount(recipe)} frames; there is no frame ${index}.`)
  }
  const after = (iso: string, seconds: number): number => julianDate(`${iso}Z`) + seconds / SECONDS_PER_DAY
  const digits = (number: number): string => String(number + 1).padStart(3, '0')
  let number = index
  if (number < counts.bias) {
    return {
      kind: 'bias',
      number,
      name: `bias/bias-${digits(number)}.fits`,
      exposure: 0,
      jdUtcStart: after(recipe.biasStart, number * READ_OUT),
    }
  }
  number -= counts.bias
  if (number < counts.dark) {
    const seconds = counts.bias * READ_OUT + number * (exposure + READ_OUT)
    return {
      kind: 'dark',
      number,
      name: `dark/dark-${exposure}s-${digits(number)}.fits`,
      exposure,
      jdUtcStart: after(recipe.biasStart, seconds),
    }
  }
  number -= counts.dark
  if (number < counts.flat) {
    const seconds = number * (flatExposure + READ_OUT)
    return {
      kind: 'flat',
      number,
      name: `flat/flat-${filter}-${digits(number)}.fits`,
      exposure: flatExposure,
      jdUtcStart: after(recipe.flatStart, seconds),
    }
  }
  number -= counts.flat
  return {
    kind: 'light',
    number,
    name: `light/${recipe.object}-${digits(number)}.fits`,
    exposure,
    jdUtcStart: after(recipe.start, number * recipe.cadence),
  }
}
