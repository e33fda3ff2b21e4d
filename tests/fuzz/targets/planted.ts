import { AsterismError } from '../../../web/core/errors'
import type { FuzzTarget } from '../target'

const plant = (name: string, run: FuzzTarget['run']): FuzzTarget => ({
  name: `planted-${name}`,
  make: (random) => new Uint8Array(4).fill(random.integer(256)),
  run,
})

/** Faults on purpose, by which the tests show that each kind is found. They are not among the targets. */
export const PLANTED: readonly FuzzTarget[] = [
  plant('good', () => {
    throw new AsterismError('bad-header', 'Refused in words, as it should be.')
  }),
  plant('type-error', () => {
    ;(null as unknown as { read: () => void }).read()
  }),
  plant('large', () => {
    if (new Float32Array(2 ** 31 - 1).length === 0) throw new Error('never')
  }),
  plant('many', () => {
    for (let count = 0; count < 1e6; count++) if (new Uint8Array(2 ** 20).length === 0) return
  }),
  plant('slow', () => {
    // Time that it works itself: on a busy machine the clock goes on without it.
    const begin = process.cpuUsage()
    const work = (): number => process.cpuUsage(begin).user + process.cpuUsage(begin).system
    let sum = 0
    while (work() < 1_600_000) for (let count = 0; count < 1e6; count++) sum += Math.sqrt(sum + 1)
  }),
  plant('endless', () => {
    let going = true
    while (going) going = performance.now() > 0
  }),
  plant('heap', () => {
    const list: { readonly text: string }[] = []
    while (list.length >= 0) list.push({ text: `${list.length}` })
  }),
  plant('later', async () => {
    await Promise.resolve()
    throw new RangeError('Invalid array length')
  }),
]
