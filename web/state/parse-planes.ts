import { MOST_PLANES } from '../core/frame'

export type PlaneChoice =
  | { readonly planes: readonly number[] }
  /** What cannot be: a piece that is no plane or range of planes, a plane that the cube does not have, or too many. */
  | { readonly problem: 'unreadable' | 'outside' | 'too-many' | 'none'; readonly text: string }

const PIECE = /^(\d{1,9})(?:\s*[-–]\s*(\d{1,9}))?$/

/**
 * Planes as a person writes them, counted from 1: `3`, `2-5`, `1, 4-6, 9`. Each comes once, 0-based, in the order of the cube.
 * @param count planes of the cube
 */
export const parsePlanes = (text: string, count: number): PlaneChoice => {
  const pieces = text
    .split(/[,;]/)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '')
  const planes = new Set<number>()
  for (const piece of pieces) {
    const found = PIECE.exec(piece)
    if (found === null) return { problem: 'unreadable', text: piece }
    const [first, last] = [Number(found[1]), Number(found[2] ?? found[1])]
    if (last < first) return { problem: 'unreadable', text: piece }
    if (first < 1 || last > count) return { problem: 'outside', text: piece }
    for (let plane = first; plane <= last; plane++) {
      planes.add(plane - 1)
      if (planes.size > MOST_PLANES) return { problem: 'too-many', text: piece }
    }
  }
  if (planes.size === 0) return { problem: 'none', text: '' }
  return { planes: [...planes].sort((a, b) => a - b) }
}
