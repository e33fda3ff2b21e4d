import { AsterismError } from '../../../web/core/errors'
import { convertForeign } from '../../../web/ingest/foreign/convert-foreign'
import { readTextTables } from '../../../web/ingest/read-file-tables'
import { listHdus } from '../../../web/science/fits'
import { mutateBytes } from '../mutate-bytes'
import { FOREIGN, TEXT_TABLES } from '../packed-corpus'
import { pick } from '../pick'
import { promise, type FuzzTarget } from '../target'

const MOST_BYTES = 2 ** 22
const KINDS = ['xisf', 'ser'] as const

/** XISF and SER: what comes out is a FITS file that we read ourselves. */
export const foreign: FuzzTarget = {
  name: 'foreign',
  make: (random) => {
    const { kind, bytes } = pick(random, FOREIGN)
    const hurt = mutateBytes(random, bytes)
    const input = new Uint8Array(1 + hurt.length)
    input[0] = KINDS.indexOf(kind)
    input.set(hurt, 1)
    return input
  },
  run: async (input) => {
    const kind = KINDS[input[0] ?? 0] ?? 'ser'
    const options = { sha256: 'a'.repeat(64), most: MOST_BYTES }
    const fits = await convertForeign(kind, input.slice(1), options)
    promise(listHdus(fits).length > 0, 'a file without HDUs came out')
  },
}

/** CSV, ECSV and VOTable: the first rows of what comes out. */
export const texts: FuzzTarget = {
  name: 'texts',
  make: (random) => mutateBytes(random, pick(random, TEXT_TABLES)),
  run: (input) => {
    for (const format of ['csv', 'ecsv', 'votable'] as const) {
      try {
        const file = {
          path: `night/table.${format}`,
          bytes: input,
          sha256: 'a'.repeat(64),
          batch: 'b',
          now: 0,
        }
        readTextTables(file, format)
      } catch (error) {
        if (!(error instanceof AsterismError) || error.code === 'unexpected') throw error
      }
    }
  },
}
