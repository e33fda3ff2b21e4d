import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StoreName } from '../../web/storage/schema'
import { ROOT } from './root'

/**
 * Records of every store as a project holds them, of a small night that was reduced, with the columns cut to a few values. They fit each
 * other: the curve is of the table, the table of the frames.
 */
export const STORED_RECORDS = JSON.parse(
  readFileSync(join(ROOT, 'tests/fuzz/records.json'), 'utf8'),
) as Readonly<Record<StoreName, readonly { readonly id: string }[]>>

export const RECORD_STORES = Object.keys(STORED_RECORDS) as StoreName[]
