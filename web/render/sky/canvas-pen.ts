import type { Lettering, Pen, Stroke } from './pen'

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

const FONT = '"Inter Variable", Inter, system-ui, sans-serif'

const setFont = (context: Context, { size, bold = false }: Pick<Lettering, 'size' | 'bold'>): void => {
  context.font = `${bold ? 650 : 500} ${size}px ${FONT}`
}

const strokeTwice = (context: Context, { colour, width, dash = [], halo }: Stroke): void => {
  context.lineJoin = 'round'
  context.setLineDash(dash as number[])
  if (halo !== undefined) {
    context.strokeStyle = halo
    context.lineWidth = width + 2
    context.stroke()
  }
  context.strokeStyle = colour
  context.lineWidth = width
  context.stroke()
  context.setLineDash([])
}

/** Draws on a canvas, in whatever units its transform makes of pixels. */
export const createCanvasPen = (context: Context): Pen => ({
  line: (points, stroke, closed = false) => {
    context.beginPath()
    context.moveTo(points[0] ?? 0, points[1] ?? 0)
    for (let k = 2; k + 1 < points.length; k += 2) context.lineTo(points[k]!, points[k + 1]!)
    if (closed) context.closePath()
    strokeTwice(context, stroke)
  },
  circle: (x, y, radius, stroke) => {
    context.beginPath()
    context.arc(x, y, radius, 0, 2 * Math.PI)
    strokeTwice(context, stroke)
  },
  dot: (x, y, radius, colour) => {
    context.beginPath()
    context.arc(x, y, radius, 0, 2 * Math.PI)
    context.fillStyle = colour
    context.fill()
  },
  write: (text, x, y, lettering) => {
    setFont(context, lettering)
    context.textAlign = lettering.anchor === 'middle' ? 'center' : lettering.anchor
    context.textBaseline = 'middle'
    if (lettering.halo !== undefined) {
      context.lineJoin = 'round'
      context.lineWidth = 3
      context.strokeStyle = lettering.halo
      context.strokeText(text, x, y)
    }
    context.fillStyle = lettering.colour
    context.fillText(text, x, y)
  },
  within: ({ left, top, right, bottom }, draw) => {
    context.save()
    context.beginPath()
    context.rect(left, top, right - left, bottom - top)
    context.clip()
    draw()
    context.restore()
  },
  measure: (text, lettering) => {
    setFont(context, lettering)
    return context.measureText(text).width
  },
})
