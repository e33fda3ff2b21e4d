import type { Header, HeaderCard } from '../../core/header'
import { listMovedWorldCards } from '../export/world-cards'

/** A header whose world coordinates count in the pixels of a frame that lies at step * position + (left, top) of the original. */
export const moveHeader = (
  header: Header,
  place: { readonly step: number; readonly left: number; readonly top: number },
): Header => {
  const moved = new Map(listMovedWorldCards(header, place).map(({ keyword, value }) => [keyword, value]))
  if (moved.size === 0) return header
  return header.map((card): HeaderCard => {
    const value = moved.get(card.keyword)
    return value === undefined ? card : { ...card, value }
  })
}
