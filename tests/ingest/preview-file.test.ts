import { describe, expect, it } from 'vitest'
import { previewFile } from '../../web/ingest/preview-file'
import { reduceRows } from '../../web/science/image/reduce-rows'

const header = (...cards: string[]): Buffer<ArrayBuffer> => {
  const text = [...cards, 'END'].map((card) => card.padEnd(80)).join('')
  return Buffer.from(text.padEnd(Math.ceil(text.length / 2880) * 2880), 'latin1')
}

const number = (keyword: string, value: number): string =>
  `${keyword.padEnd(8)}= ${String(value).padStart(20)}`

const imageHeader = (bitpix: number, width: number, height: number, ...more: string[]): Buffer<ArrayBuffer> =>
  header(
    'SIMPLE  =                    T',
    number('BITPIX', bitpix),
    number('NAXIS', 2),
    number('NAXIS1', width),
    number('NAXIS2', height),
    ...more,
  )

/** An unsigned 16-bit frame, with the values that it holds. */
const unsigned = (width: number, height: number): { file: Blob; values: Float32Array } => {
  const values = Float32Array.from({ length: width * height }, (_, index) => (index * 7919) % 65_536)
  const pixels = Buffer.alloc(2 * values.length)
  values.forEach((value, index) => pixels.writeInt16BE(value - 32_768, 2 * index))
  const head = imageHeader(16, width, height, number('BZERO', 32_768))
  return { file: new Blob([head, pixels]), values }
}

describe('the picture of a file that is not taken in yet', () => {
  it('is the frame itself where that fits on a screen', async () => {
    const { file, values } = unsigned(33, 21)
    const preview = await previewFile(file)
    expect(preview).toMatchObject({ width: 33, height: 21, step: 1, image: { width: 33, height: 21 } })
    expect(preview?.image.data).toEqual(values)
    expect(preview?.sample).toEqual(values)
  })

  it('is made of means of blocks where it does not, and its sample of pixels as they are', async () => {
    const [width, height] = [3301, 2403]
    const { file, values } = unsigned(width, height)
    const preview = await previewFile(file)
    expect(preview).toMatchObject({ width, height, step: 4, image: { width: 826, height: 601 } })
    expect(preview?.image.data).toEqual(reduceRows({ width, data: values }, 4))
    const stride = Math.ceil((width * height) / 100_000)
    expect(preview?.sample).toEqual(values.filter((_, index) => index % stride === 0))
  })

  it('takes a blank value for none', async () => {
    const head = imageHeader(8, 4, 1, number('BLANK', 255))
    const preview = await previewFile(new Blob([head, Buffer.from([1, 255, 3, 4])]))
    expect(preview?.image.data).toEqual(Float32Array.of(1, NaN, 3, 4))
  })

  it.each([
    ['is cut short', new Blob([imageHeader(16, 100, 100), Buffer.alloc(500)])],
    ['is no FITS file', new Blob(['\u0089PNG and more'])],
    ['is empty', new Blob([])],
    [
      'has no image in its first part',
      new Blob([header('SIMPLE  =                    T', number('BITPIX', 8), number('NAXIS', 0))]),
    ],
    ['claims what no memory holds', new Blob([imageHeader(16, 1_000_000_000, 1), Buffer.alloc(2880)])],
    ['has sides that are no numbers of pixels', new Blob([imageHeader(16, -5, 10), Buffer.alloc(2880)])],
  ])('is not there for a file that %s', async (_what, file) => {
    expect(await previewFile(file)).toBeNull()
  })
})
