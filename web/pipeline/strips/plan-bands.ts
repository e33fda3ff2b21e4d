import { PLANE_BYTES, type Part, type Phase, type PlaneType } from '../phased-step'

/** Planes that are made together may take this part of the memory; the rest is for strips and masters. */
const PLANES_SHARE = 0.4
/** Several parts a worker even out that some take longer; fewer rows than this are not worth a message. */
const PARTS_PER_WORKER = 2
const LEAST_ROWS = 16

export interface BandsToPlan {
  readonly width: number
  readonly height: number
  readonly planes: readonly PlaneType[]
  readonly label: string
  readonly workers: number
  readonly memoryBytes: number
}

/** Rows in each band: a picture whose planes fit into the memory is one band. */
const rowsPerBand = ({ width, height, planes, memoryBytes }: BandsToPlan): number => {
  const perRow = width * planes.reduce((sum, type) => sum + PLANE_BYTES[type], 0)
  return Math.min(height, Math.max(LEAST_ROWS, Math.floor((memoryBytes * PLANES_SHARE) / perRow)))
}

export const countBands = (bands: BandsToPlan): number => Math.ceil(bands.height / rowsPerBand(bands))

/** Rows of a band, counted from the top of the picture. */
export const bandRows = (bands: BandsToPlan, band: number): { top: number; bottom: number } => {
  const rows = rowsPerBand(bands)
  return { top: band * rows, bottom: Math.min(bands.height, (band + 1) * rows) }
}

/** The phase that makes one band, cut into parts of whole rows. `index` is that of the phase in its step. */
export const planBand = (bands: BandsToPlan, band: number, index: number): Phase => {
  const { top, bottom } = bandRows(bands, band)
  const rows = bottom - top
  const count = Math.max(1, Math.min(bands.workers * PARTS_PER_WORKER, Math.floor(rows / LEAST_ROWS)))
  const edges = Array.from(
    { length: count + 1 },
    (_, part) => Math.round((part * rows) / count) * bands.width,
  )
  const parts: Part[] = edges.slice(1).map((to, part) => ({ from: edges[part] ?? 0, to }))
  return { index, label: bands.label, length: rows * bands.width, planes: bands.planes, parts }
}
