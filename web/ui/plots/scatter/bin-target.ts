import { boundsOf, type Region } from './find-points'
import type { Histogram } from './histogram'
import type { PlotMap } from './plot-map'
import type { PlotTarget } from './plot-target'

const rangeOf = (region: Region): { readonly left: number; readonly right: number } => {
  if (region.kind === 'box') return boundsOf(region)
  const places = region.path.map(({ x }) => x)
  return { left: Math.min(...places), right: Math.max(...places) }
}

/** The bins of a histogram: a region takes the points of its range of x, whatever its height. */
export const createBinTarget = (histogram: Histogram, x: Float64Array, map: PlotMap): PlotTarget => {
  const { edges, bins, counts } = histogram
  const middle = (bin: number): number => ((edges[bin] ?? NaN) + (edges[bin + 1] ?? NaN)) / 2
  const collect = (isIn: (index: number) => boolean): Uint32Array =>
    Uint32Array.from(Array.from(x.keys()).filter(isIn))
  return {
    find: (at) => {
      const value = (at.x - map.shiftX) / map.scaleX
      for (let bin = 0; bin < counts.length; bin++)
        if (value >= (edges[bin] ?? NaN) && value <= (edges[bin + 1] ?? NaN)) return bin
      return null
    },
    place: (bin) => {
      const height = histogram.heights[bin]
      return height === undefined ? null : { x: middle(bin), y: height }
    },
    step: (from, by, along) => {
      if (along === 'y' || counts.length === 0) return from
      const begin = from ?? (by > 0 ? -1 : counts.length)
      return (((begin + by) % counts.length) + counts.length) % counts.length
    },
    members: (bin) => collect((index) => bins[index] === bin),
    enclose: (region) => {
      const { left, right } = rangeOf(region)
      return collect((index) => {
        const px = map.scaleX * (x[index] ?? NaN) + map.shiftX
        return px >= left && px <= right
      })
    },
  }
}
