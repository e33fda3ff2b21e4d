import type { Image, Point } from '../../core/image'
import { createCanvasPen } from '../../render/sky/canvas-pen'
import { drawChart, PAGE, PICTURE_ROOM, type Chart } from '../../render/chart/draw-chart'
import { createPdfPage } from '../../render/chart/pdf-page'
import { placeChart } from '../../render/chart/place-chart'
import { samplePicture } from '../../render/chart/sample-picture'
import type { DisplaySettings } from '../../render/image-renderer'

/** All that a finding chart is made of. */
export interface ChartMatter {
  readonly chart: Chart
  readonly image: Image
  readonly display: Pick<DisplaySettings, 'stretch' | 'low' | 'high'>
  readonly center: Point
  /** Degrees; null: the whole frame. */
  readonly size: number | null
  readonly northUp: boolean
}

/** Pixels for a point of the page: of a file of pixels, and of the picture on paper (300 to the inch). */
const PNG_FINENESS = 2.5
const PAPER_FINENESS = 300 / 72
/** More pixels than so many for one of the frame make the file larger and the picture no better. */
const FINEST = 2

/** Draws the whole page on a canvas, so many pixels for a point. */
export const paintChart = (canvas: HTMLCanvasElement, matter: ChartMatter, fineness: number): void => {
  const { chart, image, display, center, size, northUp } = matter
  const placed = placeChart(chart.scene.sky, { center, size, northUp }, PICTURE_ROOM)
  canvas.width = Math.round(PAGE.width * fineness)
  canvas.height = Math.round(PAGE.height * fineness)
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('this browser gives no 2-D canvas')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  const { width, height, grey } = samplePicture(image, placed, display, { fineness, invert: chart.invert })
  const pixels = context.createImageData(width, height)
  const colours = new Uint32Array(pixels.data.buffer)
  for (const [index, level] of grey.entries()) colours[index] = 0xff00_0000 | (level * 0x01_0101)
  const { left, top } = placed.picture
  context.putImageData(pixels, Math.round(left * fineness), Math.round(top * fineness))
  context.setTransform(fineness, 0, 0, fineness, 0, 0)
  drawChart(createCanvasPen(context), chart, placed)
}

export const makeChartPng = async (matter: ChartMatter): Promise<Blob> => {
  const canvas = document.createElement('canvas')
  paintChart(canvas, matter, PNG_FINENESS)
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error('the picture could not be made')) : resolve(blob)),
      'image/png',
    )
  })
}

/** The same on a page of paper, with lines and letters that stay sharp. */
export const makeChartPdf = async (matter: ChartMatter): Promise<Blob> => {
  const { chart, image, display, center, size, northUp } = matter
  const placed = placeChart(chart.scene.sky, { center, size, northUp }, PICTURE_ROOM)
  const page = createPdfPage(PAGE)
  const { a, b, d, e } = placed.place
  const pixel = Math.sqrt(Math.abs(a * e - b * d))
  const look = { fineness: Math.min(PAPER_FINENESS, Math.max(1, FINEST / pixel)), invert: chart.invert }
  page.place(samplePicture(image, placed, display, look), placed.picture)
  drawChart(page.pen, chart, placed)
  return page.finish()
}
