import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitFiles } from '../../web/storage/fit-files'

const MEGABYTE = 1e6

describe('which files there is room for', () => {
  it('leaves out those that do not fit, and not the smaller ones after them', () => {
    const files = [100, 5000, 200].map((size) => ({ bytes: size * MEGABYTE }))
    const { fits, left, neededBytes, freeBytes } = fitFiles(files, { usedBytes: 9e9, quotaBytes: 10e9 })
    expect(fits).toEqual([files[0], files[2]])
    expect(left).toEqual([files[1]])
    expect(neededBytes).toBe(5300 * MEGABYTE)
    expect(freeBytes).toBe(1e9 - 0.02 * 5300 * MEGABYTE)
  })

  it('takes all where the browser does not tell', () => {
    const files = [{ bytes: 1e12 }]
    expect(fitFiles(files, { usedBytes: 5, quotaBytes: 0 }).left).toEqual([])
  })

  it('never promises more than there is, and loses no file', () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 2e9 }), { maxLength: 40 })
    fc.assert(
      fc.property(sizes, fc.nat(2e10), fc.nat(2e10), (list, usedBytes, quotaBytes) => {
        const files = list.map((bytes) => ({ bytes }))
        const { fits, left } = fitFiles(files, { usedBytes, quotaBytes })
        expect(fits.length + left.length).toBe(files.length)
        const taken = fits.reduce((sum, { bytes }) => sum + bytes, 0)
        if (quotaBytes > 0 && taken > 0) expect(taken).toBeLessThan(quotaBytes - usedBytes)
      }),
    )
  })
})
