import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Header } from '../../../../web/core/header'
import { createTransform } from '../../../../web/science/astrometry/wcs/create-transform'
import type { WcsTable } from '../../../../web/science/astrometry/wcs/read-lookups'
import { readWcs } from '../../../../web/science/astrometry/wcs/read-wcs'
import type { WcsCard } from '../../../../web/science/astrometry/wcs/wcs-card'
import { writeWcs } from '../../../../web/science/astrometry/wcs/write-wcs'
import { formatCard } from '../../../../web/science/fits'
import { parseCard } from '../../../../web/science/fits/parse-card'
import { requireShared } from '../../../support/shared-data'
import {
  golden,
  makeHeader,
  makeTables,
  readGolden,
  readHeaders,
  recordCards,
  separate,
  type Case,
} from './wcs-support'

const format = (cards: readonly WcsCard[]): string[] =>
  cards.map((card) => formatCard({ ...card, value: card.value }))
const parse = (cards: readonly string[]): Header => cards.map((card) => parseCard(card))

interface Source {
  readonly name: string
  readonly header: Header
  readonly tables: readonly WcsTable[]
  readonly pixels: Case['pixels']
}

const { made } = golden
const tables = makeTables(made.lookups.tables)
const SOURCES: readonly Source[] = [
  ...made.projections.filter((one) => one.error === undefined && / [15]$/.test(one.name)),
  ...made.distortions,
]
  .map((one): Source => ({ name: one.name, header: makeHeader(one.cards), tables: [], pixels: one.pixels }))
  .concat(
    made.lookups.cases.map((one) => ({
      name: one.name,
      header: [...makeHeader(one.cards), ...recordCards(one.records)],
      tables,
      pixels: one.pixels,
    })),
  )

const write = (source: Source) => {
  const wcs = readWcs(source.header, { tables: source.tables })!
  const { cards, extensions } = writeWcs(wcs)
  return {
    wcs,
    cards: format(cards),
    extensions: extensions.map((one) => ({ ...one, cards: format(one.cards) })),
  }
}

const readAgain = ({ cards, extensions }: ReturnType<typeof write>) =>
  readWcs(parse(cards), {
    tables: extensions.map(({ cards: own, ...rest }): WcsTable => {
      const header = parse(own)
      const find = (keyword: string) => header.find((card) => card.keyword === keyword)?.value
      return { ...rest, header, name: String(find('EXTNAME')), version: Number(find('EXTVER')) }
    }),
  })

describe('what is written is read as the same', () => {
  it.each(SOURCES)('$name', (source) => {
    const written = write(source)
    const again = readAgain(written)!
    expect(again.missing).toEqual([])
    expect(again.system).toEqual(written.wcs.system)
    const [before, after] = [createTransform(written.wcs), createTransform(again)]
    const [wanted, found] = [new Float64Array(6), new Float64Array(6)]
    for (const [x, y] of source.pixels) {
      const shown = before.pixelToSky(x - 1, y - 1, wanted)
      expect(after.pixelToSky(x - 1, y - 1, found)).toBe(shown)
      if (shown) expect(separate([found[0]!, found[1]!], [wanted[0]!, wanted[1]!])).toBeLessThan(1e-11)
    }
  })

  it('with the system of the axes', () => {
    const plain = { CTYPE1: 'RA---TAN', CTYPE2: 'DEC--TAN', CDELT1: -1, CDELT2: 1 }
    for (const values of [
      { RADESYS: 'ICRS' },
      { RADESYS: 'FK5', EQUINOX: 1975 },
      { RADESYS: 'FK4', EQUINOX: 1950 },
      { RADESYS: 'FK4-NO-E', EQUINOX: 1900 },
      { RADESYS: 'GAPPT' },
      { CTYPE1: 'ELON-TAN', CTYPE2: 'ELAT-TAN', EQUINOX: 1950 },
      { CTYPE1: 'SLON-TAN', CTYPE2: 'SLAT-TAN' },
      { CTYPE1: 'HPLN-TAN', CTYPE2: 'HPLT-TAN' },
    ]) {
      const wcs = readWcs(makeHeader({ ...plain, ...values }))!
      expect(readWcs(parse(format(writeWcs(wcs).cards)))?.system).toEqual(wcs.system)
    }
  })

  it('with tables after the matrix', () => {
    const header = makeHeader({
      CTYPE1: 'RA---TAN',
      CTYPE2: 'DEC--TAN',
      CDELT1: -0.001,
      CDELT2: 0.002,
      PC1_2: 0.2,
      CRPIX1: 300,
      CRPIX2: 200,
      CQDIS2: 'Lookup',
      DQ2: 'EXTVER: 2',
    })
    const source: Source = {
      name: 'CQDIS',
      header,
      tables,
      pixels: [
        [1, 2],
        [333, 444],
      ],
    }
    const written = write(source)
    expect(written.cards.some((card) => card.startsWith('CQDIS2'))).toBe(true)
    const [before, after] = [createTransform(written.wcs), createTransform(readAgain(written)!)]
    const [wanted, found] = [new Float64Array(6), new Float64Array(6)]
    for (const [x, y] of source.pixels) {
      before.pixelToSky(x, y, wanted)
      after.pixelToSky(x, y, found)
      expect(found[0]).toBeCloseTo(wanted[0]!, 12)
      expect(found[1]).toBeCloseTo(wanted[1]!, 12)
    }
  })
})

const folder = requireShared('data/wcs_torture/astropy')

describe.skipIf(folder === null)('plates of the Digitized Sky Survey', () => {
  if (folder === null) return
  it('are written as TPV', () => {
    const { headers } = readHeaders(join(folder, 'dss.14.29.56-62.41.05.fits.gz'))
    const wcs = readWcs(headers[0]!)!
    const cards = format(writeWcs(wcs).cards)
    expect(cards.some((card) => card.includes('RA---TPV'))).toBe(true)
    const [wanted, found] = [new Float64Array(6), new Float64Array(6)]
    createTransform(wcs).pixelToSky(12, 93, wanted)
    createTransform(readWcs(parse(cards))!).pixelToSky(12, 93, found)
    expect(separate([found[0]!, found[1]!], [wanted[0]!, wanted[1]!])).toBeLessThan(1e-12)
  })
})

/** TNX and ZPX: wcslib 8.6 refuses the cards. */
const astropySources = SOURCES.filter(({ name }) => !/TNX|ZPX/.test(name))
const collect = () =>
  astropySources.map((source) => {
    const { cards, extensions } = write(source)
    return {
      name: source.name,
      cards: cards.map((card) => card.trimEnd()),
      extensions: extensions.map((one) => ({
        ...one,
        values: Array.from(one.values),
        cards: one.cards.map((card) => card.trimEnd()),
      })),
      pixels: source.pixels,
    }
  })

// WRITE_WCS=<path> writes the cards for tests/golden/astrometry/check_written_wcs.py, which asks astropy what it reads.
const target = process.env['WRITE_WCS']
if (target !== undefined) writeFileSync(target, JSON.stringify(collect()))

interface Checked {
  readonly cases: readonly {
    readonly name: string
    readonly cards: readonly string[]
    readonly world: Case['world']
  }[]
}

describe.skipIf(target !== undefined)('astropy reads from what is written', () => {
  const checked = target === undefined ? (readGolden('written-wcs.json') as Checked) : { cases: [] }
  const byName = new Map(checked.cases.map((one) => [one.name, one]))

  it.each(astropySources)('$name', (source) => {
    const one = byName.get(source.name)!
    const { wcs, cards } = write(source)
    expect(cards.map((card) => card.trimEnd())).toEqual(one.cards)
    const { pixelToSky } = createTransform(wcs)
    const out = new Float64Array(6)
    const tolerance = wcs.projection === 'CSC' ? 3e-5 : 1e-10
    for (const [k, [x, y]] of source.pixels.entries()) {
      const shown = pixelToSky(x - 1, y - 1, out)
      expect(one.world[k]![0] !== null).toBe(shown)
      if (shown) expect(separate([out[0]!, out[1]!], one.world[k]!)).toBeLessThan(tolerance)
    }
  })
})
