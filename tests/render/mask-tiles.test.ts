import { describe, expect, it } from 'vitest'
import { maskValue } from '../../web/core/pixel-mask'
import { ALL_MASK_BITS, makeMaskTable } from '../../web/render/mask-colours'
import { countFlags, makeMaskTile, type MaskPicture } from '../../web/render/mask-tiles'
import { levelSize, TILE } from '../../web/render/mip-pyramid'
import { createRandom } from '../../web/science/math/random'

const scatter = (seed: string, width: number, height: number, part: number): MaskPicture => {
  const random = createRandom(seed)
  const data = new Uint8Array(width * height)
  for (let i = 0; i < data.length; i++) if (random.uniform() < part) data[i] = 1 << random.integer(8)
  return { width, height, data }
}

/** Pixel by pixel, as it is meant. */
const foldSlowly = (mask: MaskPicture, level: number): Uint8Array => {
  const width = levelSize(mask.width, level)
  const folded = new Uint8Array(width * levelSize(mask.height, level))
  for (let y = 0; y < mask.height; y++)
    for (let x = 0; x < mask.width; x++)
      folded[(y >> level) * width + (x >> level)]! |= mask.data[y * mask.width + x]!
  return folded
}

describe.each([
  ['a corner more than whole tiles', 2 * TILE + 3, TILE + 1, 0.01],
  ['a width that is no multiple of four', 1031, 77, 0.3],
  ['almost nothing flagged', 1500, 700, 1e-5],
] as const)('flags of %s', (name, width, height, part) => {
  const mask = scatter(name, width, height, part)
  it.each([0, 1, 3])('are all in the tiles of level %i, where the slow way has them', (level) => {
    const slow = foldSlowly(mask, level)
    const stride = levelSize(width, level)
    for (let row = 0; row * TILE < levelSize(height, level); row++)
      for (let column = 0; column * TILE < stride; column++) {
        const tile = makeMaskTile(mask, level, column, row)
        const wanted = Uint8Array.from(
          tile.data,
          (_, i) =>
            slow[(row * TILE + Math.floor(i / tile.width)) * stride + column * TILE + (i % tile.width)]!,
        )
        expect(Buffer.from(tile.data).equals(wanted)).toBe(true)
        expect(tile.isEmpty).toBe(wanted.every((value) => value === 0))
      }
  })
  it('are counted one by one', () => {
    const slow = Array.from({ length: 8 }, (_, bit) => mask.data.filter((value) => value & (1 << bit)).length)
    expect(countFlags(mask)).toEqual(slow)
    // The same in memory that does not begin at a word.
    const moved = new Uint8Array(mask.data.length + 1).subarray(1)
    moved.set(mask.data)
    expect(countFlags({ ...mask, data: moved })).toEqual(slow)
  })
})

it('a pixel has the colour of its foremost flag that is shown, and none where none is', () => {
  const both = maskValue('cosmic-ray') | maskValue('saturated')
  const all = makeMaskTable(ALL_MASK_BITS, false)
  const one = makeMaskTable(['saturated'], false)
  expect(all[both]).toBe(all[maskValue('cosmic-ray')])
  expect(one[both]).toBe(all[maskValue('saturated')])
  expect(one[maskValue('cosmic-ray')]).toBe(0)
  expect(makeMaskTable([], false).every((value) => value === 0)).toBe(true)
})

it('where only red light is allowed, every colour is above all red, and no two are alike', () => {
  const table = makeMaskTable(ALL_MASK_BITS, true)
  for (const bit of ALL_MASK_BITS) {
    const value = table[maskValue(bit)] ?? 0
    expect(Math.max((value >> 8) & 255, (value >> 16) & 255)).toBeLessThanOrEqual(0.6 * (value & 255))
  }
  expect(new Set(ALL_MASK_BITS.map((bit) => table[maskValue(bit)])).size).toBe(ALL_MASK_BITS.length)
})
