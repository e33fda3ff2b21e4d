import { AsterismError } from '../../core/errors'
import type { Hdu } from './list-hdus'
import { readAsciiTable } from './read-ascii-table'
import { readBinaryTable, type FitsTable } from './read-binary-table'
import { readGroups } from './read-groups'
import { unpackTable } from './unpack-table'

/** True for an HDU that `readTable` reads. */
export const hasTable = (hdu: Hdu): boolean =>
  hdu.kind === 'table' ||
  hdu.kind === 'compressed-table' ||
  hdu.kind === 'ascii-table' ||
  hdu.kind === 'random-groups'

/** The table of an HDU of `listHdus(bytes)`: binary, compressed or ASCII; random groups as a table of their groups. */
export const readTable = (bytes: Uint8Array, hdu: Hdu): FitsTable => {
  switch (hdu.kind) {
    case 'table':
      return readBinaryTable(bytes, hdu)
    case 'compressed-table': {
      const unpacked = unpackTable(bytes, hdu)
      return readBinaryTable(unpacked.bytes, unpacked.hdu)
    }
    case 'ascii-table':
      return readAsciiTable(bytes, hdu)
    case 'random-groups':
      return readGroups(bytes, hdu)
    default:
      throw new AsterismError('not-found', `HDU ${hdu.index} holds no table.`, { hdu: hdu.index })
  }
}
