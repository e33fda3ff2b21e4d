import { findCard, type Header } from '../core/header'
import type { Alias } from './read-values'

/** The first believable value among the keywords of a field, in the order of the table; null when there is none. */
export const readAlias = <Value>(header: Header, list: readonly Alias<Value>[]): Value | null => {
  for (const alias of list) {
    const card = findCard(header, alias.keyword)
    const value = card ? alias.read(card) : null
    if (value !== null) return value
  }
  return null
}
