import { expect, it } from 'vitest'
import { findPassband, isLuminanceFilter, proposeColours } from '../../../web/science/colour/palettes'

it('knows filters by the names that headers give them', () => {
  for (const [name, wavelength] of [
    ['Blue', 440],
    ['B', 440],
    ['Green', 530],
    ['V', 550],
    ['R', 640],
    ["g'", 480],
    ["r'", 640],
    ['SDSS-i', 790],
    ['Ha', 656],
    ['H-alpha', 656],
    ['H', 1630],
    ['[OIII]', 501],
    ['S II', 672],
    ['J', 1220],
    ['Clear', 550],
  ] as const)
    expect(findPassband(name)?.wavelength, name).toBe(wavelength)
  expect(findPassband('P1-R')).toBeNull()
  expect(findPassband(null)).toBeNull()
  expect(isLuminanceFilter('Lum')).toBe(true)
  expect(isLuminanceFilter('B')).toBe(false)
})

it('the longest wavelength is red, the shortest blue, whatever their order', () => {
  expect(proposeColours(['B', 'V', 'R'])).toEqual([
    [0, 0, 1],
    [0, 1, 0],
    [1, 0, 0],
  ])
  expect(proposeColours(['r', 'i', 'g'])).toEqual([
    [0, 1, 0],
    [1, 0, 0],
    [0, 0, 1],
  ])
  expect(proposeColours(['Green', 'Blue'])).toEqual([
    [1, 0.5, 0],
    [0, 0.5, 1],
  ])
})

it('palettes of lines hold for lines alone', () => {
  expect(proposeColours(['Ha', 'OIII', 'SII'], 'sho')).toEqual([
    [0, 1, 0],
    [0, 0, 1],
    [1, 0, 0],
  ])
  expect(proposeColours(['OIII', 'Ha'], 'hoo')).toEqual([
    [0, 1, 1],
    [1, 0, 0],
  ])
  expect(proposeColours(['B', 'V'], 'sho')).toEqual(proposeColours(['B', 'V']))
})

it('every colour gets its share from any number of inputs', () => {
  for (let count = 1; count <= 6; count++) {
    const colours = proposeColours(Array.from({ length: count }, (_, index) => `X${index}`))
    for (const channel of [0, 1, 2] as const)
      expect(colours.reduce((sum, colour) => sum + colour[channel], 0)).toBeGreaterThan(0)
  }
})
