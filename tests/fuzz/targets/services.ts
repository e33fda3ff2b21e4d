import type { CatalogueStars } from '../../../web/core/catalogue'
import type { Table } from '../../../web/core/table'
import { parsePlace } from '../../../web/science/astrometry/parse-place'
import { CATALOGUE_SOURCES } from '../../../web/science/catalogue/catalogue-sources'
import { guessColumns } from '../../../web/science/catalogue/guess-columns'
import { readReply } from '../../../web/science/catalogue/read-reply'
import { tableToStars } from '../../../web/science/catalogue/table-to-stars'
import { normaliseDesignation } from '../../../web/science/names/normalise-designation'
import { readSesame } from '../../../web/science/names/read-sesame'
import { readAsu } from '../../../web/science/tables/read-asu'
import { readVotable } from '../../../web/science/tables/read-votable'
import { readVotableStatus } from '../../../web/science/tables/read-votable-status'
import {
  ASU_EMPTY,
  GAIA_FIELDS,
  GAIA_ROWS,
  writeAsu,
  writeBinary2,
  writeError,
  writeTableData,
} from '../../support/sky-replies'
import { changeText, mutateText } from '../mutate-text'
import { chance, pick } from '../pick'
import { promise, type FuzzTarget } from '../target'

const NAMES = GAIA_FIELDS.map(({ name }) => name)
const WORDS = [
  NAMES,
  [
    'RAJ2000',
    'DEJ2000',
    "g'mag",
    'e_Vmag',
    'B-V',
    'hours',
    'pos.eq.ra;meta.main',
    'phot.mag',
    'unit="h"',
    'unit="0.01mag"',
  ],
  [
    '<INFO name="QUERY_STATUS" value="ERROR">',
    'value="OVERFLOW"',
    'TABLEDATA>',
    '</STREAM',
    '<TD/>',
    '<TD>NaN</TD>',
    '<TD>1e400</TD>',
  ],
  ['#***', '#END#', '---', '\t', '\t\t', '\n\n', '02 04 10.2', '-00:30:00', '+99 99 99', '360', '1e9'],
].flat()

const REPLIES = [
  writeTableData(GAIA_FIELDS, GAIA_ROWS),
  writeTableData(GAIA_FIELDS, GAIA_ROWS, true),
  writeBinary2(GAIA_FIELDS, GAIA_ROWS),
  writeError('1 unresolved identifiers: Gmagg'),
]
const ASU = [writeAsu(GAIA_FIELDS, GAIA_ROWS), ASU_EMPTY]
const SESAME = [
  '#=Sc=Simbad: 1 2ms\n%@ 3068\n%I.0 * alf Lyr\n%C.0 dS*\n%J 279.23473479 +38.78368896 = 18:36:56 +38:47:01\n%P 200.94 286.23 [0.32 0.40 0]\n%M.V 0.03 [~]\n%I NAME Vega\n',
  '#=Sc=Simbad: 0\n#! *** Nothing found ***\n',
]

const checkStars = (stars: CatalogueStars): void => {
  const count = stars.rightAscension.length
  for (let i = 0; i < count; i++) {
    const [ra, dec] = [stars.rightAscension[i]!, stars.declination[i]!]
    promise(ra >= 0 && ra < 360 && Math.abs(dec) <= 90, 'a star has a place in the sky')
  }
  const columns = [
    stars.magnitude,
    stars.colour,
    ...(stars.bands ?? []).flatMap(({ magnitude, error }) => [magnitude, error]),
  ]
  for (const column of columns) {
    promise(column.length === count, 'all columns are of one length')
    promise(!column.some((value) => Math.abs(value) === Infinity), 'no value is infinite')
  }
  promise(stars.identifiers === undefined || stars.identifiers.length === count, 'names are as many as stars')
}

/** A table of an answer, read as each catalogue and as one that a person dropped. */
const readAll = (table: Table): void => {
  const columns = guessColumns(table)
  if (columns !== null) checkStars(tableToStars(table, columns).stars)
  for (const source of CATALOGUE_SOURCES.slice(0, 1)) {
    const { stars } = readReply(table, source, source.tables[0])
    checkStars(stars)
  }
}

const reply = (name: string, corpus: readonly string[], read: (bytes: Uint8Array) => void): FuzzTarget => ({
  name,
  make: (random) => {
    const text = pick(random, corpus)
    return chance(random, 0.02)
      ? new TextEncoder().encode(text)
      : mutateText(random, new TextEncoder().encode(text), WORDS)
  },
  run: read,
})

/** What services answer: each is read as an answer of any of them. */
export const serviceReplies = reply('service-replies', [...REPLIES, ...ASU], (bytes) => {
  const { message } = readVotableStatus(bytes)
  promise(message.length <= 600, 'words of a service fit on a screen')
  const isVotable = new TextDecoder().decode(bytes.subarray(0, 400)).includes('VOTABLE')
  if (isVotable) for (const table of readVotable(bytes)) readAll(table)
  else {
    const table = readAsu(bytes)
    if (table !== null) readAll(table)
  }
})

export const nameReplies = reply('name-replies', SESAME, (bytes) => {
  const found = readSesame(new TextDecoder().decode(bytes))
  if (found === null) return
  promise(found.rightAscension >= 0 && found.rightAscension < 360, 'a name has a right ascension')
  promise(Math.abs(found.declination) <= 90, 'a name has a declination')
  promise(found.aliases.length <= 40 && found.name.length <= 100, 'names are bounded')
})

const TYPED = [
  'm37',
  'NGC 2099',
  'HAT-P-32 b',
  'alpha Lyrae',
  'SA 98-978',
  '02 04 10.2 +46 41 16',
  '31.04d 46.69d',
  'J020410.28+464116.2',
  'β1 Cyg',
]

/** What people type for a name or a place. */
export const typedNames: FuzzTarget = {
  name: 'typed-names',
  make: (random) =>
    new TextEncoder().encode(
      changeText(random, pick(random, TYPED), [
        'α',
        'beta',
        'Lyr',
        'Majoris',
        '+',
        '-',
        'h',
        'd',
        ' ',
        '0',
        'NGC',
        'M',
      ]),
    ),
  run: (bytes) => {
    const text = new TextDecoder().decode(bytes)
    const key = normaliseDesignation(text)
    promise(/^[\p{L}\p{N}]*$/u.test(key) && key.length <= 2000, 'a name is letters and digits')
    const place = parsePlace(text)
    promise(
      place === null ||
        (place.rightAscension >= 0 && place.rightAscension < 360 && Math.abs(place.declination) <= 90),
      'a place lies in the sky',
    )
  },
}
