import {
  codeLength,
  createAsterismRoom,
  placeEnds,
  swapLast,
  writeCode,
  type AsterismOrder,
} from './asterism'
import type { Parity } from './solve-types'

/** The asterisms of a frame by their codes; asterisms of the catalogue are held against them as they are made. */
export interface FieldTable {
  readonly order: AsterismOrder
  /** Number of entries that a code may agree with. */
  readonly entries: number
  /** For each entry: stars A, B, C, D of the frame, code, how far off a code may be, length of AB in pixels, parity. */
  readonly stars: Uint16Array
  readonly codes: Float32Array
  readonly tolerances: Float32Array
  readonly lengths: Float32Array
  readonly parities: Int8Array
  readonly cell: number
  /** A bit for each value of a hash that is in use: most asterisms of the catalogue end here. */
  readonly bits: Uint32Array
  readonly starts: Int32Array
  readonly members: Int32Array
  readonly shortest: number
  readonly longest: number
}

const HASH_BITS = 20
const HASH_MASK = (1 << HASH_BITS) - 1

const hashCells = (c0: number, c1: number, c2: number, c3: number): number => {
  const mixed = Math.imul(
    Math.imul(c0, 0x9e3779b1) ^
      Math.imul(c1, 0x85ebca6b) ^
      Math.imul(c2, 0xc2b2ae35) ^
      Math.imul(c3, 0x27d4eb2f),
    0x2c1b3c6d,
  )
  return (mixed ^ (mixed >>> 15)) & HASH_MASK
}

export const hashCode = (code: Float64Array, order: AsterismOrder, cell: number): number =>
  order === 3
    ? hashCells(Math.floor(code[0]! / cell), Math.floor(code[1]! / cell), 0, 0)
    : hashCells(
        Math.floor(code[0]! / cell),
        Math.floor(code[1]! / cell),
        Math.floor(code[2]! / cell),
        Math.floor(code[3]! / cell),
      )

class Numbers {
  values = new Int32Array(1 << 14)
  count = 0
  push(value: number): void {
    if (this.count === this.values.length) {
      const larger = new Int32Array(2 * this.count)
      larger.set(this.values)
      this.values = larger
    }
    this.values[this.count++] = value
  }
}

export interface FieldTableOptions {
  readonly order: AsterismOrder
  /** Standard error of a position, pixels, both coordinates together. */
  readonly error: number
  /** AB in pixels: shorter ones say little, longer ones never fit the neighbourhoods that the catalogue is asked for. */
  readonly shortest: number
  readonly longest: number
  readonly parities: readonly Parity[]
}

/** What distortion may do to the shape of an asterism, in units of AB. */
const DISTORTION = 0.004
const LOOSEST = { 3: 0.012, 4: 0.02 } as const

interface Building {
  readonly options: FieldTableOptions
  readonly stars: number[]
  readonly codes: number[]
  readonly tolerances: number[]
  readonly lengths: number[]
  readonly parities: Parity[]
  readonly hashes: Numbers
  readonly owners: Numbers
  readonly cell: number
}

const addEntry = (
  building: Building,
  stars: Int32Array,
  code: Float64Array,
  length: number,
  parity: Parity,
): void => {
  const { options, cell, hashes, owners } = building
  const { order } = options
  const tolerance = Math.min(LOOSEST[order], DISTORTION + (1.5 * options.error) / length)
  const entry = building.lengths.length
  for (let i = 0; i < 4; i++) building.stars.push(i < order ? stars[i]! : 0)
  for (let i = 0; i < codeLength(order); i++) building.codes.push(code[i]!)
  building.tolerances.push(tolerance)
  building.lengths.push(length)
  building.parities.push(parity)
  const low = (value: number): number => Math.floor((value - tolerance) / cell)
  const high = (value: number): number => Math.floor((value + tolerance) / cell)
  const four = order === 4
  for (let c0 = low(code[0]!); c0 <= high(code[0]!); c0++) {
    for (let c1 = low(code[1]!); c1 <= high(code[1]!); c1++) {
      for (let c2 = four ? low(code[2]!) : 0; c2 <= (four ? high(code[2]!) : 0); c2++) {
        for (let c3 = four ? low(code[3]!) : 0; c3 <= (four ? high(code[3]!) : 0); c3++) {
          hashes.push(hashCells(c0, c1, c2, c3))
          owners.push(entry)
        }
      }
    }
  }
}

/** All codes that the catalogue may give to these stars: where two sides are about equally long, or two stars about equally far along, either may be the one. */
const addAsterism = (
  building: Building,
  members: readonly number[],
  x: Float64Array,
  y: Float64Array,
): void => {
  const { options } = building
  const { order, shortest, longest } = options
  let longestSide = 0
  const sides: { first: number; second: number; length: number }[] = []
  for (let i = 0; i < order; i++) {
    for (let j = i + 1; j < order; j++) {
      const length = Math.hypot(x[members[i]!]! - x[members[j]!]!, y[members[i]!]! - y[members[j]!]!)
      sides.push({ first: i, second: j, length })
      longestSide = Math.max(longestSide, length)
    }
  }
  if (longestSide < shortest || longestSide > longest) return
  const slack = 2 * (DISTORTION + (1.5 * options.error) / longestSide)
  const room = createAsterismRoom()
  for (const { first, second, length } of sides) {
    if (length < longestSide * (1 - slack)) continue
    for (const [a, b] of [
      [first, second],
      [second, first],
    ] as const) {
      for (let i = 0; i < order; i++) room.stars[i] = members[i]!
      placeEnds(room.stars, a, b)
      writeCode(room, x, y, order)
      const { code } = room
      if (order === 3 ? code[0]! > 0.5 + slack : code[0]! + code[2]! > 1 + 2 * slack) continue
      for (let turn = 0; turn < (order === 3 ? 1 : 2); turn++) {
        if (turn === 1) swapLast(room)
        if (order === 4 && code[0]! > code[2]! + 2 * slack) continue
        for (const parity of options.parities) {
          // Seen in a mirror, every z is its conjugate.
          const seen = Float64Array.from(code, (part, index) =>
            index % 2 === 1 && parity === -1 ? -part : part,
          )
          addEntry(building, room.stars, seen, length, parity)
        }
      }
    }
  }
}

/** Every asterism of so many stars (pixels), by code. */
export const buildFieldTable = (x: Float64Array, y: Float64Array, options: FieldTableOptions): FieldTable => {
  const { order } = options
  const building: Building = {
    options,
    stars: [],
    codes: [],
    tolerances: [],
    lengths: [],
    parities: [],
    hashes: new Numbers(),
    owners: new Numbers(),
    cell: order === 3 ? 0.016 : 0.04,
  }
  const count = x.length
  for (let i = 0; i < count; i++)
    for (let j = i + 1; j < count; j++)
      for (let k = j + 1; k < count; k++) {
        if (order === 3) addAsterism(building, [i, j, k], x, y)
        else for (let l = k + 1; l < count; l++) addAsterism(building, [i, j, k, l], x, y)
      }
  const { hashes, owners } = building
  const starts = new Int32Array(HASH_MASK + 2)
  const bits = new Uint32Array((HASH_MASK + 1) / 32)
  for (let i = 0; i < hashes.count; i++) {
    const hash = hashes.values[i]!
    starts[hash + 1]!++
    bits[hash >>> 5]! |= 1 << (hash & 31)
  }
  for (let hash = 0; hash <= HASH_MASK; hash++) starts[hash + 1]! += starts[hash]!
  const members = new Int32Array(hashes.count)
  const next = starts.slice()
  for (let i = 0; i < hashes.count; i++) members[next[hashes.values[i]!]!++] = owners.values[i]!
  const lengths = Float32Array.from(building.lengths)
  return {
    order,
    entries: lengths.length,
    stars: Uint16Array.from(building.stars),
    codes: Float32Array.from(building.codes),
    tolerances: Float32Array.from(building.tolerances),
    lengths,
    parities: Int8Array.from(building.parities),
    cell: building.cell,
    bits,
    starts,
    members,
    shortest: lengths.reduce((least, length) => Math.min(least, length), Infinity),
    longest: lengths.reduce((most, length) => Math.max(most, length), 0),
  }
}
