import { describe, expect, it } from 'vitest'
import { balanceColours, cutsOfChannels, layersOf } from '../../web/render/colour-picture'
import { placeBetweenCuts } from '../../web/render/stretch'

const sky = [600, 800, 500] as const

describe('the balance of colours', () => {
  it('makes a sky of any colour grey, and what shines as the sky does as well', () => {
    const { balance, done } = balanceColours({ sky, zero: 0 }, 'sky')
    expect(done).toBe('grey-sky')
    const cuts = cutsOfChannels(balance, { low: 700, high: 3000 })
    // Once, twice and five times the light of the sky: the same place between the cuts in every colour.
    for (const times of [1, 2, 3.5]) {
      const places = sky.map((level, index) => {
        const { low, high } = cuts[index as 0 | 1 | 2]
        return placeBetweenCuts(times * level, low, high)
      })
      const expected = placeBetweenCuts(times * sky[1], 700, 3000)
      for (const place of places) expect(place).toBeCloseTo(expected, 12)
    }
  })

  it('knows of a level that is no light', () => {
    const lifted = balanceColours({ sky: [700, 900, 600], zero: 100 }, 'sky')
    const plain = balanceColours({ sky, zero: 0 }, 'sky')
    expect(lifted.balance.map(({ gain }) => gain)).toEqual(plain.balance.map(({ gain }) => gain))
  })

  it.each([
    ['bias and dark are still in the pixels', sky, null],
    ['a sky lies below zero', [-3, 800, 500] as const, 0],
    ['skies differ beyond reason', [20, 800, 500] as const, 0],
  ])('levels skies and multiplies nothing where %s', (_, levels, zero) => {
    const { balance, done } = balanceColours({ sky: levels, zero }, 'sky')
    expect(done).toBe('levelled')
    expect(balance.map(({ gain }) => gain)).toEqual([1, 1, 1])
    expect(balance.map((channel) => channel.sky)).toEqual([...levels])
  })

  it('takes factors that a person gives; a sky that is not known is taken for none', () => {
    const { balance, done } = balanceColours({ sky: [Number.NaN, 800, 500], zero: 0 }, [2, 1, 0.5])
    expect(done).toBe('given')
    expect(balance).toEqual([
      { sky: 0, gain: 2 },
      { sky: 800, gain: 1 },
      { sky: 500, gain: 0.5 },
    ])
    expect(cutsOfChannels(balance, { low: 800, high: 1800 })[0]).toEqual({ low: 0, high: 500 })
  })
})

it('planes of a level have the size of that level', () => {
  const plane = new Float32Array(6)
  const { balance } = balanceColours({ sky, zero: null }, 'sky')
  const picture = { width: 5, height: 4, level: 1, planes: [plane, plane, plane], balance } as const
  const { level, layers } = layersOf(picture)
  expect(level).toBe(1)
  expect(layers.map(({ width, height }) => [width, height])).toEqual([
    [3, 2],
    [3, 2],
    [3, 2],
  ])
})
