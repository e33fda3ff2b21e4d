import type { Part } from '../phased-step'

/** Several parts a worker even out that some take longer; fewer rows than this are not worth a message. */
const PARTS_PER_WORKER = 3
const LEAST_ROWS = 16

/** A picture cut into parts of whole rows, so that every worker has some. */
export const planParts = (width: number, height: number, workers: number): Part[] => {
  const count = Math.max(1, Math.min(workers * PARTS_PER_WORKER, Math.floor(height / LEAST_ROWS)))
  const edges = Array.from({ length: count + 1 }, (_, part) => Math.round((part * height) / count) * width)
  return edges.slice(1).map((to, part) => ({ from: edges[part] ?? 0, to }))
}
