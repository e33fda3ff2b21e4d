import { expect } from 'vitest'

/** A header in the manner of one program and camera, made up by hand: what the cards say, and what has to be understood. */
export interface CaptureHeader {
  readonly name: string
  readonly path?: string
  readonly cards: readonly string[]
  readonly profile: string
  readonly facts: Readonly<Record<string, unknown>>
  /** Words of a warning that has to be there. */
  readonly warning?: string
}

/** A number that was computed. */
export const near = (value: number): unknown => expect.closeTo(value, 4)

/** Unsigned 16-bit pixels, as most cameras write them. */
export const UNSIGNED = ['BZERO   =                32768', 'BSCALE  =                    1']
