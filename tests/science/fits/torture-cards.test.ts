import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { HeaderCard } from '../../../web/core/header'
import { listHdus, parseHeader } from '../../../web/science/fits'
import { requireShared } from '../../support/shared-data'
import { makeHeader } from './make-fits'
import { unpackFile } from './unpack-file'

interface Golden {
  readonly astropy: string
  readonly files: Readonly<
    Record<
      string,
      readonly { readonly cards: number; readonly unread: readonly number[]; readonly hash: string }[]
    >
  >
}

const golden = JSON.parse(
  readFileSync(new URL('../../golden/fits/torture-cards.json', import.meta.url), 'utf8'),
) as Golden

const numberText = (value: number): string => {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value === 0 ? 0 : value)
  return `f${view.getBigUint64(0).toString(16).padStart(16, '0')}`
}

const valueText = ({ value, raw }: HeaderCard): string => {
  if (value === null) return 'n'
  if (typeof value === 'boolean') return value ? 'T' : 'F'
  if (typeof value === 'number') return numberText(value)
  const complex = /^\(\s*([^,()]+),\s*([^,()]+)\)$/.exec(value)
  return complex && !raw.includes("'")
    ? `z${numberText(Number(complex[1]))}${numberText(Number(complex[2]))}`
    : `s${value}`
}

/** A card as `make_torture_cards.py` writes it. */
const cardText = (card: HeaderCard): string => `${card.keyword}|${valueText(card)}|${card.comment}`

/** The cards of a header that lies in a text file: lines, or records of eighty characters. */
const splitCards = (text: string): string[] => {
  const lines = text.slice(0, 200).includes('\n')
    ? text.replaceAll('\r', '').split('\n')
    : (text.match(/[\s\S]{1,80}/g) ?? [])
  const end = lines.findIndex((line) => line.trimEnd() === 'END')
  const cards = end < 0 ? lines : lines.slice(0, end)
  while (cards.length > 0 && cards.at(-1)?.trim() === '') cards.pop()
  return cards.map((line) => line.slice(0, 80))
}

const readHeaders = async (path: string): Promise<HeaderCard[][]> => {
  if (!path.endsWith('.hdr')) {
    const bytes = await unpackFile(path)
    return listHdus(bytes).map(({ header }) => header)
  }
  const cards = splitCards(readFileSync(path, 'latin1'))
  return [parseHeader(makeHeader(['SIMPLE  =                    T', ...cards]), 0).header.slice(1)]
}

/** Where astropy reads something else, and what. */
const EXCEPTIONS: Readonly<
  Record<string, { readonly added?: number; readonly text: (card: HeaderCard) => string | null }>
> = {
  // It puts NAXIS1, which random groups should have, into the header.
  'fits_torture/astropy_io_fits/invalid/group_invalid.fits': { added: 1, text: () => null },
  // `FILTER   ='0,0,0,0  '`: it takes the whole card for a text; here the equals sign is found one column late, and the card flagged.
  'fits_torture/nom_tam_fits/image/provided/issue49test.fits': {
    text: (card) =>
      card.keyword === 'FILTER' && card.flaw !== undefined ? `FILTER|s${card.raw.slice(8).trimEnd()}|` : null,
  },
}

const folder = requireShared('data/wcs_torture')

describe.skipIf(folder === null)(`every card of every header, as astropy ${golden.astropy} reads it`, () => {
  const root = join(folder ?? '', '..')
  it.each(Object.keys(golden.files))('%s', async (path) => {
    const headers = await readHeaders(join(root, path))
    expect(headers.length).toBe(golden.files[path]!.length)
    headers.forEach((cards, index) => {
      const expected = golden.files[path]![index]!
      const exception = EXCEPTIONS[path]
      expect(cards.length).toBe(expected.cards - (exception?.added ?? 0))
      if (exception?.added !== undefined) return
      const texts = cards.map((card, place) => {
        // What astropy cannot read is kept here with what is wrong; only the keyword is compared.
        if (!expected.unread.includes(place)) return exception?.text(card) ?? cardText(card)
        expect(card.flaw).toBeDefined()
        return `${card.keyword}|?|`
      })
      const hash = createHash('sha256').update(texts.join('\n')).digest('hex')
      expect(hash, `${path}[${index}]`).toBe(expected.hash)
    })
  })
})
