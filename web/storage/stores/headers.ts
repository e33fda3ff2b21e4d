import type { Header } from '../../core/header'
import { openRecordStore, type Connection, type StoreOf } from '../record-store'

/** The header cards of a frame, under the frame's id: kept apart, so that listing frames stays light. */
export interface HeaderRecord {
  readonly id: string
  readonly cards: Header
}

export interface HeadersSchema {
  readonly record: HeaderRecord
  readonly index: never
}

export const openHeaders = (connection: Connection): StoreOf<HeadersSchema> =>
  openRecordStore(connection, 'headers')
