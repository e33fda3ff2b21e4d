import type { Random } from '../../web/science/math/random'
import { chance, drawCount, drawInteger, pick } from './pick'

type ByteMutation = (random: Random, bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>

const joined = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const output = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    output.set(part, at)
    at += part.length
  }
  return output
}

/** Places near the beginning come more often: headers and directories lie there. */
const drawPlace = (random: Random, length: number): number =>
  chance(random, 0.4)
    ? random.integer(Math.max(1, Math.min(64, length)))
    : random.integer(Math.max(1, length))

const drawRun = (random: Random, bytes: Uint8Array): readonly [number, number] => {
  const start = drawPlace(random, bytes.length)
  const longest = chance(random, 0.8) ? 16 : bytes.length
  return [start, Math.min(bytes.length, start + 1 + random.integer(Math.max(1, longest)))]
}

const flipBit: ByteMutation = (random, bytes) => {
  const place = drawPlace(random, bytes.length)
  bytes[place] = bytes[place]! ^ (1 << random.integer(8))
  return bytes
}

const setByte: ByteMutation = (random, bytes) => {
  bytes[drawPlace(random, bytes.length)] = chance(random, 0.5)
    ? pick(random, [0, 1, 0x20, 0x27, 0x2f, 0x3d, 0x7f, 0x80, 0xfe, 0xff])
    : random.integer(256)
  return bytes
}

const fillRun: ByteMutation = (random, bytes) => {
  const [start, end] = drawRun(random, bytes)
  return bytes.fill(pick(random, [0, 0xff, 0x20, random.integer(256)]), start, end)
}

const scrambleRun: ByteMutation = (random, bytes) => {
  const [start, end] = drawRun(random, bytes)
  for (let place = start; place < Math.min(end, start + 256); place++) bytes[place] = random.integer(256)
  return bytes
}

/** A hostile number of two, four or eight bytes, either way round: descriptors, lengths and offsets of every format. */
const setNumber: ByteMutation = (random, bytes) => {
  const width = pick(random, [2, 4, 8] as const)
  if (bytes.length < width) return bytes
  const aligned = chance(random, 0.7)
  const place = random.integer(bytes.length - width + 1)
  const at = aligned ? place - (place % width) : place
  const little = chance(random, 0.5)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const value = BigInt(drawInteger(random))
  if (width === 2) view.setInt16(at, Number(BigInt.asIntN(16, value)), little)
  else if (width === 4) view.setInt32(at, Number(BigInt.asIntN(32, value)), little)
  else view.setBigInt64(at, BigInt.asIntN(64, value), little)
  return bytes
}

const removeRun: ByteMutation = (random, bytes) => {
  const [start, end] = drawRun(random, bytes)
  return joined(bytes.subarray(0, start), bytes.subarray(end))
}

const repeatRun: ByteMutation = (random, bytes) => {
  const [start, end] = drawRun(random, bytes)
  return joined(bytes.subarray(0, end), bytes.subarray(start))
}

const copyRun: ByteMutation = (random, bytes) => {
  const [start, end] = drawRun(random, bytes)
  const to = random.integer(bytes.length)
  bytes.copyWithin(to, start, Math.min(end, start + bytes.length - to))
  return bytes
}

const truncate: ByteMutation = (random, bytes) =>
  bytes.slice(
    0,
    chance(random, 0.3) ? Math.max(0, bytes.length - 1 - random.integer(8)) : random.integer(bytes.length),
  )

const extend: ByteMutation = (random, bytes) => {
  const tail = new Uint8Array(1 + random.integer(chance(random, 0.9) ? 64 : 4096))
  return joined(bytes, tail.fill(chance(random, 0.5) ? 0 : random.integer(256)))
}

const MUTATIONS: readonly ByteMutation[] = [
  flipBit,
  flipBit,
  setByte,
  setByte,
  setNumber,
  setNumber,
  fillRun,
  scrambleRun,
  removeRun,
  repeatRun,
  copyRun,
  truncate,
  extend,
]

/** A copy of the bytes that is hurt in some places, with no regard for what they mean. */
export const mutateBytes = (random: Random, source: Uint8Array, most = 6): Uint8Array<ArrayBuffer> => {
  let bytes: Uint8Array<ArrayBuffer> = new Uint8Array(source)
  for (let count = drawCount(random, most); count > 0; count--)
    bytes = bytes.length === 0 ? extend(random, bytes) : pick(random, MUTATIONS)(random, bytes)
  return bytes
}

/** The beginning of one and the end of the other. */
export const spliceBytes = (random: Random, first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> =>
  joined(
    first.subarray(0, random.integer(first.length + 1)),
    second.subarray(random.integer(second.length + 1)),
  )
