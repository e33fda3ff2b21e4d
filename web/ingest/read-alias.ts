import { findCard, LONGEST_TEXT, type Header, type HeaderCard } from '../core/header'
import type { Alias } from './read-values'

/** Strings that a fact can be read from: patterns are not run over more. */
const clipCard = (card: HeaderCard): HeaderCard => {
  const { value, comment } = card
  if (comment.length <= LONGEST_TEXT && (typeof value !== 'string' || value.length <= LONGEST_TEXT))
    return card
  return {
    ...card,
    value: typeof value === 'string' ? value.slice(0, LONGEST_TEXT) : value,
    comment: comment.slice(0, LONGEST_TEXT),
  }
}

/** The first believable value among the keywords of a field, in the order of the table; null when there is none. */
export const readAlias = <Value>(header: Header, list: readonly Alias<Value>[]): Value | null => {
  for (const alias of list) {
    const card = findCard(header, alias.keyword)
    const value = card ? alias.read(clipCard(card)) : null
    if (value !== null) return value
  }
  return null
}
