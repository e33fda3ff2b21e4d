import type { Random } from '../../web/science/math/random'

/** One door through which bytes from outside come in, and what must hold behind it whatever they are. */
export interface FuzzTarget {
  readonly name: string
  /** The input of a case; given by the random stream alone. */
  readonly make: (random: Random) => Uint8Array<ArrayBuffer>
  /**
   * Gives the input to the code. Ends, throws an AsterismError (the input is refused in words), or throws anything else, which is a
   * failure: a fault of the code or a broken promise that was checked here.
   */
  readonly run: (input: Uint8Array<ArrayBuffer>) => void | Promise<void>
}

/** Thrown by a target when what came out is not what was promised. */
class BrokenPromise extends Error {
  override readonly name = 'BrokenPromise'
}

export const promise = (held: boolean, words: string): void => {
  if (!held) throw new BrokenPromise(words)
}
