import type { Random } from '../../web/science/math/random'

export const pick = <Item>(random: Random, list: readonly Item[]): Item => {
  const item = list[random.integer(list.length)]
  if (item === undefined) throw new RangeError('There is nothing to pick from.')
  return item
}

export const chance = (random: Random, share: number): boolean => random.uniform() < share

/** 1 and more, each further one half as likely: most inputs are hurt in one or two places and get deep. */
export const drawCount = (random: Random, most: number): number => {
  let count = 1
  while (count < most && chance(random, 0.5)) count++
  return count
}

/** Whole numbers at which code goes wrong: at the ends of integer types, around powers of two, and the plainly absurd. */
const HOSTILE_INTEGERS: readonly number[] = [
  0,
  1,
  2,
  3,
  7,
  8,
  16,
  31,
  32,
  64,
  127,
  128,
  255,
  256,
  999,
  1000,
  4096,
  32_767,
  32_768,
  65_535,
  65_536,
  1_000_000,
  2 ** 22,
  2 ** 24,
  2 ** 29,
  2 ** 30,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32 - 1,
  2 ** 32,
  1e9,
  1e10,
  1e12,
  2 ** 53 - 1,
  2 ** 53,
  1e18,
  -1,
  -2,
  -8,
  -16,
  -32,
  -64,
  -128,
  -1000,
  -(2 ** 31),
  -(2 ** 31) - 1,
  -1e12,
]

export const drawInteger = (random: Random): number =>
  chance(random, 0.6) ? pick(random, HOSTILE_INTEGERS) : random.integer(40) - 4
