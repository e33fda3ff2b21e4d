import { outlinePoint, readShape, sizeOpen } from './point-shapes'

/** Places within a pixel, along each axis, that a point is drawn at: fine enough that nothing is seen to jump. */
export const PHASES = 4

/** One shape at one size, drawn at each place within a pixel: what covers how much of which pixel. */
export interface PointStamp {
  /** Pixels from the middle that it reaches. */
  readonly reach: number
  /** For each phase (row by row): offsets from the middle pixel, columns and rows, and coverage 1..255. */
  readonly phases: readonly {
    readonly columns: Int8Array
    readonly rows: Int8Array
    readonly cover: Uint8Array
  }[]
}

const stamps = new Map<string, PointStamp>()
/** Sizes come from the number of points and the screen, so there are few; whoever moves windows about makes some more. */
const MOST_STAMPS = 200

/** The browser's own canvas fills the outline, so that the points on the screen are those of the SVG file. */
const drawStamp = (number: number, filled: number): PointStamp => {
  const { shape, open } = readShape(number)
  const { size, line } = open ? sizeOpen(filled) : { size: filled, line: 0 }
  const reach = Math.ceil(1.5 * size + line / 2) + 1
  const side = 2 * reach + 1
  const canvas = document.createElement('canvas')
  canvas.width = side * PHASES * PHASES
  canvas.height = side
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) return { reach, phases: [] }
  const outlines = new Path2D()
  for (let phase = 0; phase < PHASES * PHASES; phase++) {
    const x = phase * side + reach + ((phase % PHASES) + 0.5) / PHASES
    const y = reach + (Math.floor(phase / PHASES) + 0.5) / PHASES
    outlines.addPath(new Path2D(outlinePoint(shape, x, y, size)))
  }
  context.lineWidth = line
  context.lineJoin = 'round'
  context[open ? 'stroke' : 'fill'](outlines)
  const { data } = context.getImageData(0, 0, canvas.width, side)
  const phases = Array.from({ length: PHASES * PHASES }, (_, phase) => {
    const covered: [number, number, number][] = []
    for (let row = 0; row < side; row++)
      for (let column = 0; column < side; column++) {
        const alpha = data[4 * (row * canvas.width + phase * side + column) + 3] ?? 0
        if (alpha > 0) covered.push([column - reach, row - reach, alpha])
      }
    return {
      columns: Int8Array.from(covered, ([column]) => column),
      rows: Int8Array.from(covered, ([, row]) => row),
      cover: Uint8Array.from(covered, ([, , cover]) => cover),
    }
  })
  return { reach, phases }
}

/** The stamp of a shape by its number; its size is in pixels of the picture. */
export const stampOf = (shape: number, size: number): PointStamp => {
  const key = `${shape} ${size.toFixed(2)}`
  const known = stamps.get(key)
  if (known !== undefined) return known
  if (stamps.size >= MOST_STAMPS) stamps.clear()
  const stamp = drawStamp(shape, size)
  stamps.set(key, stamp)
  return stamp
}
