import type { Random } from '../../web/science/math/random'
import { mutateBytes } from './mutate-bytes'
import { chance, drawCount, drawInteger, pick } from './pick'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

const WORDS = [
  '',
  ' ',
  'x',
  '*',
  '?',
  '*'.repeat(60),
  '__proto__',
  'constructor',
  'a'.repeat(5000),
  '\u0000',
  '\ud800',
  '../../x',
  'NaN',
  '1e999',
  'https://',
  'javascript:alert(1)',
  '[1:1e9,1:2]',
  '2024-13-45T99:99:99Z',
  '$array',
  'float64',
]

const nest = (depth: number): Json => {
  if (depth === 0) return 1
  return depth % 2 === 0 ? [nest(depth - 1)] : { a: nest(depth - 1) }
}

const drawValue = (random: Random): Json =>
  pick<() => Json>(random, [
    () => null,
    () => chance(random, 0.5),
    () => drawInteger(random),
    () => (random.uniform() - 0.5) * 10 ** random.integer(300),
    () => pick(random, WORDS),
    () => [],
    () => ({}),
    () => Array.from({ length: random.integer(3000) }, () => 1),
    () => nest(random.integer(200)),
    () => ({ $array: 'float64', values: [1, 'NaN', null] }),
  ])()

const isParent = (value: Json): value is Json[] | { [key: string]: Json } =>
  typeof value === 'object' && value !== null

/** A random place below the root: parent and key. */
const findPlace = (
  random: Random,
  root: Json[] | { [key: string]: Json },
): [Record<string, Json>, string] => {
  let parent = root as Record<string, Json>
  for (;;) {
    const keys = Object.keys(parent)
    if (keys.length === 0) return [parent, 'new']
    const key = pick(random, keys)
    const child = parent[key] ?? null
    if (!isParent(child) || chance(random, 0.3)) return [parent, key]
    parent = child as Record<string, Json>
  }
}

const mutateTree = (random: Random, root: Json): void => {
  if (!isParent(root)) return
  const [parent, key] = findPlace(random, root)
  const [other, otherKey] = findPlace(random, root)
  const kind = random.integer(6)
  if (kind <= 1) parent[key] = drawValue(random)
  else if (kind === 2) Reflect.deleteProperty(parent, key)
  else if (kind === 3) parent[pick(random, [...WORDS, 'format', 'name', 'id'])] = drawValue(random)
  // Copied, so that the tree stays one.
  else if (kind === 4) parent[key] = structuredClone(other[otherKey] ?? null)
  else if (typeof parent[key] === 'number') parent[key] = -parent[key] * 1000
  else parent[key] = JSON.stringify(parent[key] ?? null)
}

/** The text of a document that was hurt as a tree, at times as bytes. */
export const mutateJson = (random: Random, corpus: readonly unknown[]): Uint8Array<ArrayBuffer> => {
  const tree = structuredClone(pick(random, corpus)) as Json
  for (let count = drawCount(random, 5); count > 0; count--) mutateTree(random, tree)
  const bytes = new TextEncoder().encode(JSON.stringify(tree))
  return chance(random, 0.15) ? mutateBytes(random, bytes) : bytes
}
