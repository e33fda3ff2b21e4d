import type { CompositeLook } from '../core/composite'
import { composeColours } from '../science/colour/compose-colours'
import { createCompositeLevels } from './composite-levels'
import {
  chooseCompositeLevel,
  type CompositePlanes,
  type CompositeRenderer,
  type CompositeView,
} from './composite-renderer'
import { BACKDROP } from './image-renderer'

/** Finer levels than one with so many pixels would not follow a slider. */
const MOST_PIXELS = 700_000

/** Without a graphics card: a level with not too many pixels is drawn as a whole and put on the canvas. */
export const createCanvasComposite = (canvas: HTMLCanvasElement): CompositeRenderer => {
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('this browser gives no 2-D canvas')
  let given: CompositePlanes | null = null
  let levels: ReturnType<typeof createCompositeLevels> | null = null
  const sheet = document.createElement('canvas')
  return {
    kind: 'canvas',
    setPlanes: (planes) => {
      given = planes
      levels = createCompositeLevels(planes)
    },
    draw: (look: CompositeLook, { x, y, scale }: CompositeView) => {
      if (given === null || levels === null || look.inputs.length !== given.planes.length) return
      let level = chooseCompositeLevel(scale, levels.last)
      while (level < levels.last && (given.columns * given.rows) / 4 ** level > MOST_PIXELS) level++
      const { columns, rows, planes } = levels.take(level)
      const colours = composeColours(planes, look, { from: 0, to: columns * rows })
      const pixels = new ImageData(columns, rows)
      for (let at = 0, from = 0; at < columns * rows; at++, from += 3) {
        // Row 0 is the lowest.
        const into = 4 * ((rows - 1 - Math.floor(at / columns)) * columns + (at % columns))
        pixels.data[into] = 255 * colours[from]!
        pixels.data[into + 1] = 255 * colours[from + 1]!
        pixels.data[into + 2] = 255 * colours[from + 2]!
        pixels.data[into + 3] = 255
      }
      sheet.width = columns
      sheet.height = rows
      sheet.getContext('2d')?.putImageData(pixels, 0, 0)
      const [width, height] = [given.columns * scale, given.rows * scale]
      context.fillStyle = `rgb(${BACKDROP.join(' ')})`
      context.fillRect(0, 0, canvas.width, canvas.height)
      context.drawImage(
        sheet,
        canvas.width / 2 - x * width,
        canvas.height / 2 - (1 - y) * height,
        width,
        height,
      )
    },
    destroy: () => {
      given = null
      levels = null
    },
  }
}
