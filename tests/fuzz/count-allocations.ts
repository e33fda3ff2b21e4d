/** Thrown in the place of an allocation that is larger than an input of this size may ask for: nothing was allocated yet. */
class AllocationOverrun extends Error {
  override readonly name = 'AllocationOverrun'
}

/**
 * What an input may make the code allocate, in bytes: at once, and in all while it is worked on. A stream of tiles unpacks to at most 4096
 * pixels for each byte and four million on top (science/fits/refuse-expansion), of four to eight bytes; other formats stay far below.
 */
const mostAtOnce = (length: number): number => 2 ** 26 + 2 ** 15 * length
const mostInAll = (length: number): number => 8 * mostAtOnce(length)

interface Counter {
  /** Bytes since the last start. */
  total: number
  largest: number
  start(length: number): void
  stop(): void
}

const NAMES = [
  'ArrayBuffer',
  'SharedArrayBuffer',
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
  'Array',
] as const

type Constructor = (new (...parameters: unknown[]) => object) & { readonly BYTES_PER_ELEMENT?: number }

const lengthOf = (first: unknown): number => {
  if (typeof first === 'number') return first
  // A view of a buffer that is there takes nothing; a copy of a list does.
  if (typeof first !== 'object' || first === null || first instanceof ArrayBuffer) return 0
  return Number((first as { readonly length?: unknown }).length ?? 0)
}

/**
 * Puts constructors in the place of those of the language that count what they are asked for, and refuse what is too much before it
 * is there. `new Float32Array(2 ** 31)` is found on a machine that could give it as well as on one that could not.
 */
export const countAllocations = (): Counter => {
  let [mostOnce, mostTotal] = [Infinity, Infinity]
  const counter: Counter = {
    total: 0,
    largest: 0,
    start: (length) => {
      counter.total = 0
      counter.largest = 0
      mostOnce = mostAtOnce(length)
      mostTotal = mostInAll(length)
    },
    stop: () => {
      mostOnce = Infinity
      mostTotal = Infinity
    },
  }
  const count = (bytes: number): void => {
    counter.total += bytes
    if (bytes > counter.largest) counter.largest = bytes
    if (bytes > mostOnce)
      throw new AllocationOverrun(`${bytes} bytes at once, where ${mostOnce} are the bound`)
    if (counter.total > mostTotal) throw new AllocationOverrun(`more than ${mostTotal} bytes in all`)
  }
  const world = globalThis as unknown as Record<string, Constructor>
  for (const name of NAMES) {
    const original = world[name]
    if (original === undefined) continue
    const size = original.BYTES_PER_ELEMENT ?? (name === 'Array' ? 8 : 1)
    world[name] = new Proxy(original, {
      construct: (target, parameters: unknown[], newTarget) => {
        // One parameter that is no number is the only element of an array.
        const length = name === 'Array' && typeof parameters[0] !== 'number' ? 1 : lengthOf(parameters[0])
        // What is no length at all is left to the language to refuse.
        if (length > 0) count(length * size)
        return Reflect.construct(target, parameters, newTarget === world[name] ? target : newTarget) as object
      },
    })
  }
  return counter
}
