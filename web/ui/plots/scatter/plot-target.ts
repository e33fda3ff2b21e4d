import type { Point } from '../../../core/image'
import type { Region } from './find-points'

/** What a plot consists of for pointer and keys: points, or the bins of a histogram. */
export interface PlotTarget {
  /** The item that a pointer at this place (CSS pixels of the area) means. */
  readonly find: (at: Point) => number | null
  /** Where the hairs cross for an item, in scaled values; null where it has no place. */
  readonly place: (item: number) => Point | null
  /** The next item in the order of x or y; the first or last from nowhere, and round the ends. */
  readonly step: (from: number | null, by: number, along: 'x' | 'y') => number | null
  /** The points that an item stands for. */
  readonly members: (item: number) => Uint32Array
  /** The points in a region. */
  readonly enclose: (region: Region) => Uint32Array
}
