import { FuzzProcess } from './fuzz-process.mjs'

/** Tries that a minimisation may take. */
const MOST_TRIES = 600

/** @param {string} fault */
const kindOf = (fault) => fault.split(/[:\n]/)[0]

/**
 * A smaller input with the same kind of fault: pieces are left out and then blanked, ever smaller ones, as long as it stays.
 * @param {string} file the bundle
 * @param {{ target: string, seed: number, fault: string }} failure
 * @returns {Promise<Uint8Array>}
 */
export const minimiseInput = async (file, { target, seed, fault }) => {
  const child = new FuzzProcess(file)
  /** @type {Uint8Array} */
  let best = /** @type {{ input: Uint8Array }} */ (await child.ask({ make: target, seed })).input
  let tries = 0
  /** @param {Uint8Array} input */
  const fails = async (input) => {
    tries += 1
    const { failures } = await child.run({ target, from: seed, count: 1, input })
    return failures.some((found) => kindOf(found.fault) === kindOf(fault))
  }
  const steps = [2880, 80, 512, 64, 8, 1]
  for (const blank of [false, true]) {
    for (const size of steps) {
      for (let at = Math.floor(best.length / size) * size; at >= 0; at -= size) {
        if (tries >= MOST_TRIES) break
        const end = Math.min(best.length, at + size)
        const piece = best.subarray(at, end)
        if (piece.length === 0 || (blank && piece.every((byte) => byte === 0x20 || byte === 0))) continue
        const tried = blank
          ? Uint8Array.from(best, (byte, index) =>
              index >= at && index < end ? (byte > 0x7f ? 0 : 0x20) : byte,
            )
          : Uint8Array.from([...best.subarray(0, at), ...best.subarray(end)])
        if (await fails(tried)) best = tried
      }
    }
  }
  child.close()
  return best
}
