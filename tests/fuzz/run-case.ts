import { AsterismError } from '../../web/core/errors'
import { createRandom } from '../../web/science/math/random'
import type { countAllocations } from './count-allocations'
import type { FuzzTarget } from './target'

/** Milliseconds that one input may take. */
const MOST_MILLISECONDS = 1000

export interface CaseResult {
  /** In words, with where it was thrown; null when all held. */
  readonly fault: string | null
  readonly milliseconds: number
  /** Largest piece of memory that was asked for. */
  readonly bytes: number
}

/** Time that this process worked, in milliseconds: how busy the machine is does not count. */
const readWorkTime = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

const describe = (error: unknown): string => {
  if (!(error instanceof Error)) return `thrown: ${String(error)}`
  const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return `${error.name}: ${error.message}\n${places.slice(0, 6).join('\n')}`
}

/** Characters of a refusal: more than this nobody reads, and it may be as long as what it is about. */
const MOST_WORDS = 2000

const isRefusal = (error: unknown): boolean => error instanceof AsterismError && error.code !== 'unexpected'

const judgeRefusal = ({ message }: AsterismError): string | null =>
  message.length <= MOST_WORDS
    ? null
    : `TooManyWords: ${message.length} characters, ${message.slice(0, 60)} ...`

export const makeInput = (target: FuzzTarget, seed: number): Uint8Array<ArrayBuffer> =>
  target.make(createRandom(`${target.name} ${seed}`))

/** Gives one input to a target and judges how it ended. */
export const runCase = async (
  target: FuzzTarget,
  input: Uint8Array<ArrayBuffer>,
  counter: ReturnType<typeof countAllocations>,
): Promise<CaseResult> => {
  const [begin, beginOfWork] = [performance.now(), readWorkTime()]
  let fault: string | null = null
  counter.start(input.length)
  try {
    await target.run(input)
  } catch (error) {
    fault = isRefusal(error) ? judgeRefusal(error as AsterismError) : describe(error)
  }
  counter.stop()
  let milliseconds = performance.now() - begin
  if (milliseconds > MOST_MILLISECONDS) milliseconds = Math.min(milliseconds, readWorkTime() - beginOfWork)
  if (fault === null && milliseconds > MOST_MILLISECONDS)
    fault = `TooSlow: ${Math.round(milliseconds)} ms for ${input.length} bytes`
  return { fault, milliseconds, bytes: counter.largest }
}
