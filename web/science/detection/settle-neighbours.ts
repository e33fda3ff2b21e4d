import { flagBit } from '../../core/flags'
import type { Star } from './star'

const BLENDED = flagBit('blended')

/** Stars kept so far, by square cells of the blending distance. */
class Neighbourhood {
  readonly kept: Star[] = []
  private readonly cells = new Map<number, number[]>()
  private readonly cell: number
  private readonly columns: number

  constructor(cell: number, width: number) {
    this.cell = cell
    this.columns = Math.ceil(width / cell) + 3
  }

  private home(x: number, y: number): number {
    return (Math.floor(y / this.cell) + 1) * this.columns + Math.floor(x / this.cell) + 1
  }

  add(star: Star): void {
    const home = this.home(star.x, star.y)
    const members = this.cells.get(home)
    if (members === undefined) this.cells.set(home, [this.kept.length])
    else members.push(this.kept.length)
    this.kept.push(star)
  }

  /** Indices of the kept stars in the cells around a place, and how far they are. */
  near(x: number, y: number): { index: number; distance: number }[] {
    const home = this.home(x, y)
    const found: { index: number; distance: number }[] = []
    for (let row = -1; row <= 1; row++) {
      for (let column = -1; column <= 1; column++) {
        for (const index of this.cells.get(home + row * this.columns + column) ?? []) {
          const other = this.kept[index]!
          found.push({ index, distance: Math.hypot(other.x - x, other.y - y) })
        }
      }
    }
    return found
  }
}

/**
 * Two maxima whose centres run together within 0.8 of a width are one star, the brighter; two that stay apart but within 2.5
 * widths are both marked as blended. Stars brightest first.
 */
export const settleNeighbours = (stars: readonly Star[], width: number, fwhm: number): Star[] => {
  const blend = Math.max(1, 2.5 * fwhm)
  const around = new Neighbourhood(blend, width)
  for (const star of stars) {
    const near = around.near(star.x, star.y).filter(({ distance }) => distance < blend)
    if (near.some(({ distance }) => distance < 0.8 * fwhm)) continue
    for (const { index } of near) {
      const other = around.kept[index]!
      // A companion of less than a tenth does not spoil the shape of the brighter one.
      if (star.flux > 0.1 * other.flux) around.kept[index] = { ...other, flags: other.flags | BLENDED }
    }
    around.add(near.length > 0 ? { ...star, flags: star.flags | BLENDED } : star)
  }
  return around.kept
}
