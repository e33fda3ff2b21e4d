import { AsterismError } from '../../core/errors'

/** Columns of records as plain lists of numbers under the name of their type, so that any program can read them. */
const ARRAYS = {
  float64: Float64Array,
  float32: Float32Array,
  uint8: Uint8Array,
  int8: Int8Array,
  uint16: Uint16Array,
  int16: Int16Array,
  uint32: Uint32Array,
  int32: Int32Array,
} as const

type ArrayName = keyof typeof ARRAYS
type NumberArray = InstanceType<(typeof ARRAYS)[ArrayName]>

const MARKS = ['$array', '$number', '$bigint', '$object'] as const
/** Deeper nesting is no record of ours. */
const DEEPEST = 64

const encodeNumber = (value: number): number | string => {
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0' : value
  return String(value)
}

const decodeNumber = (value: unknown): number => {
  if (typeof value === 'number') return value
  if (value === 'NaN') return NaN
  if (value === 'Infinity') return Infinity
  if (value === '-Infinity') return -Infinity
  if (value === '-0') return -0
  throw unreadable('a number is no number')
}

const unreadable = (detail: string): AsterismError =>
  new AsterismError('bad-archive', `A record cannot be read: ${detail}.`)

const nameOfArray = (value: object): ArrayName | null => {
  for (const [name, kind] of Object.entries(ARRAYS)) if (value instanceof kind) return name as ArrayName
  return null
}

const encode = (value: unknown, depth: number): unknown => {
  if (depth > DEEPEST) throw unreadable('it is nested too deeply')
  if (typeof value === 'number') {
    const plain = encodeNumber(value)
    return typeof plain === 'number' ? plain : { $number: plain }
  }
  if (typeof value === 'bigint') return { $bigint: value.toString() }
  if (value === null || typeof value !== 'object') {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
    throw unreadable(`it holds a ${typeof value}`)
  }
  if (Array.isArray(value)) return value.map((member) => encode(member, depth + 1))
  const array = nameOfArray(value)
  if (array !== null) return { $array: array, values: Array.from(value as NumberArray, encodeNumber) }
  if (Object.getPrototypeOf(value) !== Object.prototype && Object.getPrototypeOf(value) !== null)
    throw unreadable('it holds something that is not plain data')
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => [key, encode(member, depth + 1)] as const)
  // A record of ours has no such names; one that a person brought along may.
  if (members.some(([key]) => key.startsWith('$'))) return { $object: members }
  return Object.fromEntries(members)
}

const decodeArray = (name: unknown, values: unknown): NumberArray => {
  if (typeof name !== 'string' || !Object.hasOwn(ARRAYS, name) || !Array.isArray(values))
    throw unreadable('a column has no known type')
  return new ARRAYS[name as ArrayName](values.map(decodeNumber))
}

const setMember = (into: Record<string, unknown>, key: string, value: unknown): void => {
  // Plain assignment would change what `__proto__` is.
  Object.defineProperty(into, key, { value, enumerable: true, writable: true, configurable: true })
}

const decode = (value: unknown, depth: number): unknown => {
  if (depth > DEEPEST) throw unreadable('it is nested too deeply')
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map((member) => decode(member, depth + 1))
  const members = value as Record<string, unknown>
  const mark = MARKS.find((each) => Object.hasOwn(members, each))
  if (mark === '$array') return decodeArray(members['$array'], members['values'])
  if (mark === '$number') return decodeNumber(members['$number'])
  if (mark === '$bigint') return BigInt(/^-?\d{1,400}$/.exec(String(members['$bigint']))?.[0] ?? '0')
  const output: Record<string, unknown> = {}
  if (mark === '$object') {
    const pairs = members['$object']
    if (!Array.isArray(pairs)) throw unreadable('an object has no members')
    for (const pair of pairs as unknown[]) {
      if (!Array.isArray(pair) || typeof pair[0] !== 'string') throw unreadable('a member has no name')
      setMember(output, pair[0], decode(pair[1], depth + 1))
    }
    return output
  }
  for (const [key, member] of Object.entries(members)) setMember(output, key, decode(member, depth + 1))
  return output
}

/** One record as one line of JSON; typed arrays, NaN, infinities, negative zero and big integers come back as they were. */
export const encodeRecord = (record: unknown): string => JSON.stringify(encode(record, 0))

export const decodeRecord = (line: string): unknown => {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (error) {
    throw new AsterismError('bad-archive', 'A record is no JSON.', {}, error)
  }
  return decode(value, 0)
}
