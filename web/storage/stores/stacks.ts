import type { StackRecord } from '../../core/stack'
import { openRecordStore, type Connection, type StoreOf } from '../record-store'

/** Pictures combined from several frames; their pixels are in the pixel store. */
export interface StacksSchema {
  readonly record: StackRecord
  readonly index: 'order'
}

export const openStacks = (connection: Connection): StoreOf<StacksSchema> =>
  openRecordStore(connection, 'stacks')
