/**
 * Sorting networks for the combine kernels, as AssemblyScript: N planes are sorted for several pixels at once, without a branch.
 * Comparators are those of Batcher's merge exchange (Knuth, The Art of Computer Programming 3, 5.2.2, algorithm M).
 */

/** Up to here every number of planes has its own network; above, numbers in steps of four, between which planes are padded. */
const EVERY = 32
const MOST = 64

export const NETWORK_SIZES = [
  ...Array.from({ length: EVERY - 1 }, (_, index) => index + 2),
  ...Array.from({ length: (MOST - EVERY) / 4 }, (_, index) => EVERY + 4 * (index + 1)),
]

/**
 * @param {number} size
 * @returns {[number, number][]} pairs of rows to bring in order, one after the other
 */
export const listComparators = (size) => {
  /** @type {[number, number][]} */
  const comparators = []
  const top = 1 << (Math.ceil(Math.log2(size)) - 1)
  for (let p = top; p > 0; p >>= 1) {
    for (let q = top, r = 0, d = p; ; d = q - p, q >>= 1, r = p) {
      for (let i = 0; i + d < size; i++) if ((i & p) === r) comparators.push([i, i + d])
      if (q === p) break
    }
  }
  return comparators
}

/** @typedef {{ name: string, least: string, most: string, check: boolean }} Lanes */

/** @type {Lanes} */
const FLOATS = { name: 'Floats', least: 'f32x4.pmin', most: 'f32x4.pmax', check: true }
/** @type {Lanes} */
const INTEGERS = { name: 'Integers', least: 'i16x8.min_s', most: 'i16x8.max_s', check: false }

/**
 * One network: loads a column, sorts it in registers, stores it. Gives NaN in lanes with a value that is not finite.
 * @param {number} size
 * @param {Lanes} lanes
 */
const writeNetwork = (size, { name, least, most, check }) => {
  const lines = [
    `function sort${name}${size}(from: usize, step: usize, to: usize, toStep: usize): v128 {`,
    '  let spare = i32x4.splat(0), finite = i32x4.splat(0)',
  ]
  for (let row = 0; row < size; row++) {
    const swapped = 'i8x16.shuffle(spare, spare, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14)'
    if (check) {
      lines.push(`  let v${row} = v128.load(from); from += step`)
      lines.push(`  finite = f32x4.add(finite, f32x4.sub(v${row}, v${row}))`)
    } else {
      lines.push('  spare = v128.load(from); from += step', `  let v${row} = ${swapped}`)
    }
  }
  for (const [low, high] of listComparators(size)) {
    lines.push(`  spare = v${low}; v${low} = ${least}(spare, v${high}); v${high} = ${most}(spare, v${high})`)
  }
  for (let row = 0; row < size; row++) lines.push(`  v128.store(to, v${row}); to += toStep`)
  return [...lines, '  return finite', '}'].join('\n')
}

/** @param {Lanes} lanes */
const writeChoice = ({ name }) =>
  [
    `/** Sorts \`size\` rows, each ${name === 'Floats' ? 'four floats' : 'eight big-endian integers'}, which must be one of NETWORK_SIZES. */`,
    `export function sort${name}(size: i32, from: usize, step: usize, to: usize, toStep: usize): v128 {`,
    '  switch (size) {',
    ...NETWORK_SIZES.map((size) => `    case ${size}: return sort${name}${size}(from, step, to, toStep)`),
    '    default: return i32x4.splat(0)',
    '  }',
    '}',
  ].join('\n')

/** The whole file. */
export const writeNetworks = () =>
  [
    '// Written by scripts/generate-networks.mjs.',
    `/** The smallest network that sorts so many rows; 0 where there is none. */`,
    'export function networkFor(rows: i32): i32 {',
    `  return rows <= ${EVERY} ? max(rows, 2) : rows <= ${MOST} ? (rows + 3) & ~3 : 0`,
    '}',
    ...[FLOATS, INTEGERS].flatMap((lanes) => [
      ...NETWORK_SIZES.map((size) => writeNetwork(size, lanes)),
      writeChoice(lanes),
    ]),
    '',
  ].join('\n')
