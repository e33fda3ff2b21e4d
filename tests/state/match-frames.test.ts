import { describe, expect, it } from 'vitest'
import { matchFrames } from '../../web/state/match-frames'
import { makeExposure } from '../support/make-exposure'

const frame = makeExposure(
  { kind: 'flat', filter: 'R', object: 'M 37' },
  { name: 'L2-flat-red.001(1).FIT', path: 'Night 1/raw/L2-flat-red.001(1).FIT' },
)

describe('frames by what a person types', () => {
  it.each([
    ['', true],
    ['flat', true],
    ['FLAT red', true],
    ['flat blue', false],
    ['*flat*', true],
    ['*flat', false],
    ['l2-*.fit', true],
    ['l2-flat-red.00?(1).fit', true],
    ['L2-flat-red?001(1).FIT', true],
    ['l2-flat-redx001*', false],
    ['raw', true],
    ['r?w', true],
    ['-arc', true],
    ['flat -red', false],
    ['-*flat*', false],
    ['-', true],
    ['m', true],
    ['(', true],
    ['[', false],
  ])('%s: %s', (typed, expected) => {
    expect(matchFrames(typed)(frame)).toBe(expected)
  })
})
