/**
 * Pairs (i, j), i < j, whose comparing and exchanging in this order sorts `length` values: Batcher's merge exchange, for any
 * length (Knuth, TAOCP 3, algorithm 5.2.2M). 97 pairs for 20 values, 543 for 64.
 */
export const sortingNetwork = (length: number): [number, number][] => {
  const pairs: [number, number][] = []
  if (length < 2) return pairs
  const top = 2 ** (Math.ceil(Math.log2(length)) - 1)
  for (let p = top; p > 0; p >>= 1) {
    for (let q = top, r = 0, distance = p; ; distance = q - p, q >>= 1, r = p) {
      for (let i = 0; i < length - distance; i++) if ((i & p) === r) pairs.push([i, i + distance])
      if (q === p) break
    }
  }
  return pairs
}

/**
 * WGSL that reads the keys of one pixel's values (as many as there are frames, `most` at most), sorts them in as many variables, which is where a card is fast, fills
 * `values` and returns how many are finite.
 */
export const writeSortValues = (most: number): string => {
  const all = Array.from({ length: most }, (_, index) => index)
  const exchange = ([i, j]: [number, number]): string =>
    `  low_ = min(k${i}, k${j}); k${j} = max(k${i}, k${j}); k${i} = low_;`
  return [
    'fn sortValues(i: u32) -> u32 {',
    ...all.map(
      (k) => `  var k${k} = 0xffffffffu; if (params.frames > ${k}u) { k${k} = sortKey(valueAt(${k}u, i)); }`,
    ),
    '  var low_: u32;',
    ...sortingNetwork(most).map(exchange),
    '  var count = 0u;',
    ...all.map((k) => `  values[${k}] = valueOfKey(k${k}); count += select(0u, 1u, k${k} != 0xffffffffu);`),
    '  return count;',
    '}',
  ].join('\n')
}
