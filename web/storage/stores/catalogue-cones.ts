import type { CatalogueConeRecord } from '../../core/catalogue'
import { openRecordStore, type Connection, type StoreOf } from '../record-store'

/** Stars that services gave: what is lost is asked for again, and so none of it travels with a project. */
export interface CatalogueConesSchema {
  readonly record: CatalogueConeRecord
  readonly index: 'catalogue'
}

export const openCatalogueCones = (connection: Connection): StoreOf<CatalogueConesSchema> =>
  openRecordStore(connection, 'catalogue_cones')
