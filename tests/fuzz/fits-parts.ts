import { listHdus } from '../../web/science/fits'

/** A FITS file taken apart, so that it can be put together wrongly. */
export interface HduParts {
  /** Without END. */
  readonly cards: string[]
  readonly data: Uint8Array
}
export type FitsParts = readonly HduParts[]

const pad = (length: number): number => Math.ceil(length / 2880) * 2880

export interface Assembly {
  readonly end?: boolean
  readonly padHeader?: boolean
  readonly padData?: boolean
}

/** The file of these parts; every card is cut or filled to 80 bytes. */
export const assembleFits = (
  parts: FitsParts,
  { end = true, padHeader = true, padData = true }: Assembly = {},
): Uint8Array<ArrayBuffer> => {
  const sizes = parts.map(({ cards, data }) => {
    const text = 80 * (cards.length + (end ? 1 : 0))
    return { header: padHeader ? pad(text) : text, data: padData ? pad(data.length) : data.length }
  })
  const output = new Uint8Array(sizes.reduce((sum, size) => sum + size.header + size.data, 0))
  let at = 0
  parts.forEach(({ cards, data }, index) => {
    const size = sizes[index]!
    output.fill(0x20, at, at + size.header)
    const records = end ? [...cards, 'END'] : cards
    records.forEach((card, line) => {
      for (let column = 0; column < Math.min(80, card.length); column++)
        output[at + 80 * line + column] = card.charCodeAt(column)
    })
    at += size.header
    output.set(data, at)
    at += size.data
  })
  return output
}

/** The parts of a good file. */
export const takeApart = (bytes: Uint8Array): FitsParts =>
  listHdus(bytes).map((hdu) => {
    const cards: string[] = []
    for (let at = hdu.headerOffset; at + 80 <= hdu.dataOffset; at += 80) {
      const card = String.fromCharCode(...bytes.subarray(at, at + 80))
      if (/^END {0,77}$/.test(card.trimEnd())) break
      cards.push(card.trimEnd())
    }
    return { cards, data: bytes.subarray(hdu.dataOffset, hdu.dataOffset + hdu.dataLength) }
  })
