import type { Estimate } from './detector-noise'
import { fitLevelLine } from './level-line'

/** Boltzmann's constant in electron volts per kelvin (exact since 2019). */
const BOLTZMANN = 8.617333262e-5
const KELVIN = 273.15

export interface DarkPoint {
  /** Degrees Celsius of the sensor. */
  readonly temperature: number
  /** Any unit per second. */
  readonly rate: number
  readonly error: number
}

export interface DarkTemperature {
  /** Degrees over which the dark current doubles. */
  readonly doubling: Estimate
  /** Electron volts: the energy of rate = A exp(-energy / k T). Half of silicon's gap is 0.56, the whole of it 1.12. */
  readonly energy: Estimate
  /** Points that took part: those with a rate that is more than nothing. */
  readonly used: number
}

/**
 * How dark current grows with the temperature of the sensor (Widenhorn et al. 2002, Proc. SPIE 4669, 193; Janesick 2001, section 7.2): lines
 * through its logarithm over the temperature, whose slope gives the degrees that double it, and over 1 / kT, whose slope is the
 * energy that lifts an electron. The two are near to each other over a small range. Null with fewer than two temperatures, or where it does
 * not grow.
 */
export const fitDarkTemperature = (points: readonly DarkPoint[]): DarkTemperature | null => {
  const good = points.filter(({ rate, error }) => rate > 0 && error > 0)
  const logarithms = (x: (temperature: number) => number) =>
    fitLevelLine(
      good.map(({ temperature, rate, error }) => ({
        x: x(temperature),
        level: Math.log(rate),
        error: error / rate,
      })),
    )
  const doubling = logarithms((temperature) => temperature)
  const energy = logarithms((temperature) => 1 / (BOLTZMANN * (temperature + KELVIN)))
  if (doubling === null || energy === null || !(doubling.slope.value > 0)) return null
  const { value, error } = doubling.slope
  return {
    doubling: { value: Math.LN2 / value, error: (Math.LN2 * error) / (value * value) },
    energy: { value: -energy.slope.value, error: energy.slope.error },
    used: good.length,
  }
}
