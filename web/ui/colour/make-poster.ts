import { canSpell } from '../../render/chart/helvetica'
import { createPdfPage, type ColourPicture } from '../../render/chart/pdf-page'
import {
  drawPoster,
  POSTER_SIZES,
  wordsOfPoster,
  type PosterContent,
  type PosterSheet,
  type PosterSize,
} from '../../render/draw-poster'
import { createCanvasPen } from '../../render/sky/canvas-pen'

/** All that a poster is made of. */
export interface PosterMatter {
  readonly picture: ImageBitmap
  readonly content: PosterContent
  readonly size: PosterSize
  readonly landscape: boolean
}

const MILLIMETRES_PER_INCH = 25.4
const POINTS_PER_INCH = 72
/** Dots an inch: more than enough for a wall that is read from a metre away; larger paper needs fewer. */
const DOTS: Readonly<Record<PosterSize, number>> = { a4: 300, a3: 300, a2: 200 }

const sheetOf = ({ size, landscape }: Pick<PosterMatter, 'size' | 'landscape'>): PosterSheet => {
  const [short, long] = POSTER_SIZES[size].map((side) => (side * POINTS_PER_INCH) / MILLIMETRES_PER_INCH)
  const [width, height] = landscape ? [long, short] : [short, long]
  return { width: width ?? 0, height: height ?? 0 }
}

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

const needContext = <Found extends Context>(context: Found | null): Found => {
  if (context === null) throw new Error('this browser gives no 2-D canvas')
  return context
}

/** Draws the whole sheet on a canvas, so many pixels for a point. */
const paint = (
  canvas: HTMLCanvasElement | OffscreenCanvas,
  matter: PosterMatter,
  fineness: number,
): Context => {
  const { picture, content } = matter
  const sheet = sheetOf(matter)
  canvas.width = Math.round(sheet.width * fineness)
  canvas.height = Math.round(sheet.height * fineness)
  const context = needContext<Context>(canvas.getContext('2d'))
  context.imageSmoothingQuality = 'high'
  context.setTransform(canvas.width / sheet.width, 0, 0, canvas.height / sheet.height, 0, 0)
  drawPoster(
    {
      pen: createCanvasPen(context),
      fill: ({ left, top, right, bottom }, colour) => {
        context.fillStyle = colour
        context.fillRect(left, top, right - left, bottom - top)
      },
      place: ({ left, top, right, bottom }) =>
        context.drawImage(picture, left, top, right - left, bottom - top),
    },
    picture,
    content,
    sheet,
  )
  return context
}

/** What is seen of it in the dialog: `longest` pixels along the longer side. */
export const paintPoster = (canvas: HTMLCanvasElement, matter: PosterMatter, longest: number): void => {
  const { width, height } = sheetOf(matter)
  paint(canvas, matter, longest / Math.max(width, height))
}

export const makePosterPng = async (matter: PosterMatter): Promise<Blob> => {
  const canvas = new OffscreenCanvas(1, 1)
  paint(canvas, matter, DOTS[matter.size] / POINTS_PER_INCH)
  return canvas.convertToBlob({ type: 'image/png' })
}

const readColours = (context: Context): ColourPicture => {
  const { width, height } = context.canvas
  const { data } = context.getImageData(0, 0, width, height)
  const rgb = new Uint8Array(width * height * 3)
  for (let from = 0, to = 0; from < data.length; from += 4, to += 3)
    for (let channel = 0; channel < 3; channel++) rgb[to + channel] = data[from + channel] ?? 0
  return { width, height, rgb }
}

/** The picture with no more pixels than the paper shows, and never more than it has. */
const readPicture = (picture: ImageBitmap, most: number): ColourPicture => {
  const shrink = Math.min(1, most / picture.width)
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(picture.width * shrink)),
    Math.max(1, Math.round(picture.height * shrink)),
  )
  const context = needContext(canvas.getContext('2d'))
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return readColours(context)
}

/**
 * The poster as a page of its paper, with lines and letters that stay sharp. The fonts that every reader has know Western letters alone: where
 * its words need others, the page is one picture, so that nobody's name is misspelt.
 */
export const makePosterPdf = async (matter: PosterMatter): Promise<Blob> => {
  const { picture, content, size } = matter
  const sheet = sheetOf(matter)
  const page = createPdfPage(sheet)
  const dots = DOTS[size] / POINTS_PER_INCH
  if (canSpell(wordsOfPoster(content))) {
    const { pen, fill, place } = page
    drawPoster(
      { pen, fill, place: (part) => place(readPicture(picture, (part.right - part.left) * dots), part) },
      picture,
      content,
      sheet,
    )
  } else {
    const whole = readColours(paint(new OffscreenCanvas(1, 1), matter, dots))
    page.place(whole, { left: 0, top: 0, right: sheet.width, bottom: sheet.height })
  }
  return page.finish()
}
