import { AsterismError } from '../core/errors'
import type { FileTableRecord } from '../core/file-table'
import type { Table } from '../core/table'
import { listHdus, readTable } from '../science/fits'
import { readDelimited } from '../science/tables/read-delimited'
import { readEcsv } from '../science/tables/read-ecsv'
import { readVotable } from '../science/tables/read-votable'

/** A table out of the bytes of its whole file, which lie in the pixel store under the record's `bytesId`. Cells are read when asked for. */
export const openFileTable = (
  { format, hdu }: Pick<FileTableRecord, 'format' | 'hdu'>,
  bytes: Uint8Array,
): Table => {
  switch (format) {
    case 'csv':
      return readDelimited(bytes)
    case 'ecsv':
      return readEcsv(bytes)
    case 'votable': {
      const table = readVotable(bytes)[hdu]
      if (table !== undefined) return table
      break
    }
    default: {
      const found = listHdus(bytes)[hdu]
      if (found !== undefined) return readTable(bytes, found)
    }
  }
  throw new AsterismError('not-found', `The file has no table ${hdu}.`, { hdu })
}
