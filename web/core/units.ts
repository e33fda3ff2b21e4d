import type { Brand } from './brand'

export type Degrees = Brand<number, 'degrees'>
export type Radians = Brand<number, 'radians'>
/** Julian date, UTC scale, as an observatory clock stamps it. */
export type JdUtc = Brand<number, 'jd_utc'>
/** Julian date, Terrestrial Time. */
export type JdTt = Brand<number, 'jd_tt'>
/** Julian date, Barycentric Dynamical Time, light travel time not removed. */
export type JdTdb = Brand<number, 'jd_tdb'>
/** Barycentric Julian date in TDB: the time at which the light would have reached the solar system's barycentre. */
export type BjdTdb = Brand<number, 'bjd_tdb'>

export const degrees = (value: number): Degrees => value as Degrees
export const jdUtc = (value: number): JdUtc => value as JdUtc

export const SECONDS_PER_DAY = 86_400
