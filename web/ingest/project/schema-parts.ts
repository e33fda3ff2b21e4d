import { z } from '../../core/validation'

/** Members that records have in common, each bounded. */
export const text = z.string().max(100_000)
export const id = z.string().min(1).max(300)
export const ids = z.array(id).max(1_000_000)
/** NaN and infinities are values too. */
export const number = z.custom<number>((value) => typeof value === 'number', 'is no number')
export const maybeNumber = number.nullable()
export const maybeText = text.nullable()
export const size = z
  .int()
  .min(1)
  .max(2 ** 20)
export const length = z
  .number()
  .min(0)
  .max(2 ** 53)
export const anything = z.record(z.string().max(1000), z.unknown())
export const pair = z.tuple([number, number])

const column = <Kind extends Float64Array | Float32Array | Uint8Array>(kind: new () => Kind) =>
  z.custom<Kind>((value) => value instanceof kind, `is no column of ${kind.name}`)
export const doubles = column(Float64Array)
export const floats = column(Float32Array)
export const octets = column(Uint8Array)

export const frameQuality = z.looseObject({
  fwhm: maybeNumber,
  starCount: number,
  background: number,
  noise: number,
})
