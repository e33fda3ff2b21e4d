import { describe, expect, it } from 'vitest'
import type { HeaderCard } from '../../../web/core/header'
import { settleMosaicCards } from '../../../web/pipeline/export/mosaic-cards'
import { makeExposure } from '../../support/make-exposure'

const card = (keyword: string, value: string | number): HeaderCard => ({
  keyword,
  value,
  comment: '',
  raw: '',
})
const header = [card('BAYERPAT', 'GRBG'), card('XBAYROFF', 1), card('XPIXSZ', 3.76), card('OBJECT', 'M 1')]
/** The header's pattern, shifted by its offset. */
const exposure = makeExposure({ bayerPattern: 'RGGB' })
const trimmed = (x: number, y: number) => ({
  raw: { overscan: null, trim: { x: [x, 100], y: [y, 100] }, linearity: null } as const,
})
const wordsOf = (cards: readonly { keyword: string }[]) => cards.map(({ keyword }) => keyword)

describe('what a header says of the mask of colours', () => {
  it('stays where the mosaic begins as it did, and where there is none', () => {
    for (const calibration of [{}, trimmed(2, 4)])
      expect(settleMosaicCards(header, exposure, calibration)).toEqual({ header, changed: [] })
    const mono = makeExposure({ bayerPattern: null })
    expect(settleMosaicCards(header, mono, trimmed(1, 0))).toEqual({ header, changed: [] })
  })

  it.each([
    [1, 0, 'GRBG'],
    [0, 1, 'GBRG'],
    [3, 5, 'BGGR'],
  ])('begins with another colour when %d columns and %d rows were trimmed', (x, y, pattern) => {
    const { header: kept, changed } = settleMosaicCards(header, exposure, trimmed(x, y))
    expect(wordsOf(kept)).not.toContain('XBAYROFF')
    expect(changed).toMatchObject([{ keyword: 'BAYERPAT', value: pattern }])
  })

  it('is gone from a frame of one colour, whose pixels are twice as large, and from one that was resampled', () => {
    const green = settleMosaicCards(header, exposure, { channel: { name: 'green', places: [] } })
    expect(wordsOf(green.header)).toEqual(['XPIXSZ', 'OBJECT'])
    expect(green.changed).toMatchObject([{ keyword: 'XPIXSZ', value: 7.52 }])
    const registered = settleMosaicCards(header, exposure, {}, true)
    expect(wordsOf(registered.header)).toEqual(['XPIXSZ', 'OBJECT'])
    expect(registered.changed).toEqual([])
  })
})
