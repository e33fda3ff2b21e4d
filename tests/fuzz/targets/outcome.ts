import { AsterismError } from '../../../web/core/errors'

export type Outcome<Value> = { readonly value: Value } | { readonly refused: AsterismError }

/** What came out, or the error in words; every other error goes on its way and is a failure. */
export const settle = <Value>(work: () => Value): Outcome<Value> => {
  try {
    return { value: work() }
  } catch (error) {
    if (error instanceof AsterismError && error.code !== 'unexpected') return { refused: error }
    throw error
  }
}

export const settleLater = async <Value>(work: () => Promise<Value>): Promise<Outcome<Value>> => {
  try {
    return { value: await work() }
  } catch (error) {
    if (error instanceof AsterismError && error.code !== 'unexpected') return { refused: error }
    throw error
  }
}
