import type { Degrees } from './units'

/** A thing in the sky that a person works on. ICRS degrees; null while only the name is known. */
export interface TargetRecord {
  readonly id: string
  readonly name: string
  readonly rightAscension: Degrees | null
  readonly declination: Degrees | null
  readonly note: string
  readonly createdAt: number
  /** Other names that headers call it by. */
  readonly aliases?: readonly string[]
}

/** What belongs together for a person: targets, nights, and the orders that were run for them. */
export interface ProjectRecord {
  readonly id: string
  readonly name: string
  readonly note: string
  readonly targets: readonly string[]
  readonly orders: readonly string[]
  readonly createdAt: number
  /** Named `YYYY-MM-DD+DD`; none means all nights of its targets. */
  readonly nights?: readonly string[]
}

/** A name as it is compared: HAT-P-32, hat p 32 and HATP32 are one. Letters and digits only, whatever their case. */
export const normaliseName = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '')
