/** Sheets of paper, millimetres, upright. */
export const POSTER_SIZES = { a4: [210, 297], a3: [297, 420], a2: [420, 594] } as const
export type PosterSize = keyof typeof POSTER_SIZES

export interface PosterFact {
  readonly label: string
  readonly text: string
}

export interface PosterContent {
  readonly title: string
  /** One line under the title. */
  readonly subtitle: string
  readonly facts: readonly PosterFact[]
  readonly credit: string
  /** Where on the sky it is; null where nobody knows. */
  readonly sky: {
    /** Arcseconds per pixel of the picture. */
    readonly scale: number
    /** Degrees from the right of the picture, counter-clockwise, to north, and which way east is from there. */
    readonly north: number
    readonly flipped: boolean
  } | null
  readonly northLetter: string
  readonly eastLetter: string
}

export interface PosterSheet {
  /** Millimetres. */
  readonly width: number
  readonly height: number
  readonly pixelsPerMillimetre: number
}

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D
/** Drawn as large as it fits; width and height are those of the picture at its full size. */
export interface PosterPicture {
  readonly image: CanvasImageSource
  readonly width: number
  readonly height: number
}

const PAPER = '#090b10'
const TEXT = '#f3f1ea'
const DIM = '#aab0bc'
const ACCENT = '#f2c069'
const FONT = '"Inter Variable", Inter, system-ui, sans-serif'

/** Lengths of a scale bar that are told with round numbers, arcseconds. */
const BARS = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 18000, 36000, 72000]

/** The longest round length that takes at most a fifth of the picture, and how it is written. */
const chooseBar = (scale: number, width: number): { readonly length: number; readonly text: string } => {
  const length = BARS.findLast((each) => each / scale <= width / 5) ?? BARS[0]!
  const text = length >= 3600 ? `${length / 3600}°` : length >= 60 ? `${length / 60}′` : `${length}″`
  return { length: length / scale, text }
}

const setFont = (context: Context, size: number, weight: number): void => {
  context.font = `${weight} ${size}px ${FONT}`
}

/** Words in lines that are no wider; the last one ends in an ellipsis where there are too many. */
const breakLines = (context: Context, text: string, width: number, most: number): string[] => {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    const next = line === '' ? word : `${line} ${word}`
    if (line === '' || context.measureText(next).width <= width) {
      line = next
      continue
    }
    lines.push(line)
    line = word
  }
  lines.push(line)
  if (lines.length <= most) return lines
  return [...lines.slice(0, most - 1), `${lines[most - 1] ?? ''}…`]
}

/** A title as large as fits on one line, or on two. */
const fitTitle = (
  context: Context,
  title: string,
  width: number,
  size: number,
): { lines: string[]; size: number } => {
  for (let own = size; own > size * 0.55; own *= 0.94) {
    setFont(context, own, 680)
    if (context.measureText(title).width <= width) return { lines: [title], size: own }
  }
  const own = size * 0.6
  setFont(context, own, 680)
  return { lines: breakLines(context, title, width, 2), size: own }
}

const drawArrow = (context: Context, from: { x: number; y: number }, angle: number, length: number): void => {
  const [x, y] = [from.x + length * Math.cos(angle), from.y - length * Math.sin(angle)]
  context.beginPath()
  context.moveTo(from.x, from.y)
  context.lineTo(x, y)
  for (const side of [-1, 1]) {
    context.moveTo(x, y)
    context.lineTo(
      x - 0.28 * length * Math.cos(angle + side * 0.45),
      y + 0.28 * length * Math.sin(angle + side * 0.45),
    )
  }
  context.stroke()
}

interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Scale bar at the lower left and bearings at the lower right, over the picture, with a dark rim so that they stand out of stars. */
const drawBearings = (
  context: Context,
  { sky, northLetter, eastLetter }: PosterContent,
  box: Box,
  picture: PosterPicture,
  unit: number,
): void => {
  if (sky === null) return
  const zoom = box.width / picture.width
  const bar = chooseBar(sky.scale, picture.width)
  const inset = 7 * unit
  const foot = box.top + box.height - inset
  const stroke = (draw: () => void): void => {
    for (const [colour, width] of [
      ['rgb(0 0 0 / 0.65)', 1.5 * unit],
      [TEXT, 0.5 * unit],
    ] as const) {
      context.strokeStyle = colour
      context.lineWidth = width
      draw()
    }
  }
  const write = (text: string, x: number, y: number): void => {
    context.strokeStyle = 'rgb(0 0 0 / 0.65)'
    context.lineWidth = unit
    context.strokeText(text, x, y)
    context.fillStyle = TEXT
    context.fillText(text, x, y)
  }
  context.lineCap = 'round'
  context.lineJoin = 'round'
  const [start, end] = [box.left + inset, box.left + inset + bar.length * zoom]
  stroke(() => {
    context.beginPath()
    context.moveTo(start, foot - 1.4 * unit)
    context.lineTo(start, foot)
    context.lineTo(end, foot)
    context.lineTo(end, foot - 1.4 * unit)
    context.stroke()
  })
  setFont(context, 4.6 * unit, 560)
  context.textAlign = 'center'
  context.textBaseline = 'alphabetic'
  write(bar.text, (start + end) / 2, foot - 2.6 * unit)
  const north = (sky.north * Math.PI) / 180
  const east = north + (sky.flipped ? -Math.PI / 2 : Math.PI / 2)
  const length = 9 * unit
  const origin = { x: box.left + box.width - inset - 12 * unit, y: foot - 10 * unit }
  context.textBaseline = 'middle'
  for (const [angle, letter] of [
    [north, northLetter],
    [east, eastLetter],
  ] as const) {
    stroke(() => drawArrow(context, origin, angle, length))
    write(letter, origin.x + 1.42 * length * Math.cos(angle), origin.y - 1.42 * length * Math.sin(angle))
  }
}

/** Facts in columns, each a small label over its words. */
const drawFacts = (context: Context, facts: readonly PosterFact[], box: Box, unit: number): void => {
  const columns = box.width / unit > 330 ? 4 : 3
  const gap = 6 * unit
  const width = (box.width - gap * (columns - 1)) / columns
  const rows = Math.max(1, Math.ceil(facts.length / columns))
  const rowHeight = Math.min(box.height / rows, 22 * unit)
  context.textAlign = 'left'
  context.textBaseline = 'alphabetic'
  for (const [index, { label, text }] of facts.entries()) {
    const x = box.left + (index % columns) * (width + gap)
    const y = box.top + Math.floor(index / columns) * rowHeight
    setFont(context, 3.6 * unit, 620)
    context.fillStyle = ACCENT
    context.fillText(label, x, y + 3.6 * unit)
    setFont(context, 5 * unit, 420)
    context.fillStyle = TEXT
    for (const [line, words] of breakLines(context, text, width, 2).entries())
      context.fillText(words, x, y + (10 + 6 * line) * unit)
  }
}

/**
 * A poster on a sheet: the picture as large as it fits with scale and bearings, the title, what it shows and how it was taken, and who took it.
 * All lengths follow from the shorter side of the paper, so that every size looks the same.
 */
export const drawPoster = (
  context: Context,
  picture: PosterPicture,
  content: PosterContent,
  { width, height, pixelsPerMillimetre }: PosterSheet,
): void => {
  const [sheetWidth, sheetHeight] = [width * pixelsPerMillimetre, height * pixelsPerMillimetre]
  const unit = (Math.min(width, height) / 297) * pixelsPerMillimetre
  context.fillStyle = PAPER
  context.fillRect(0, 0, sheetWidth, sheetHeight)
  const margin = 14 * unit
  const landscape = width > height
  const textHeight = (landscape ? 74 : 108) * unit
  const room: Box = {
    left: margin,
    top: margin,
    width: sheetWidth - 2 * margin,
    height: sheetHeight - 2 * margin - textHeight,
  }
  const zoom = Math.min(room.width / picture.width, room.height / picture.height)
  const box: Box = {
    width: picture.width * zoom,
    height: picture.height * zoom,
    left: room.left + (room.width - picture.width * zoom) / 2,
    top: room.top + (room.height - picture.height * zoom) / 2,
  }
  context.imageSmoothingEnabled = true
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture.image, box.left, box.top, box.width, box.height)
  drawBearings(context, content, box, picture, unit)
  const top = room.top + room.height + 10 * unit
  const { lines, size } = fitTitle(context, content.title, room.width, 17 * unit)
  context.textAlign = 'left'
  context.textBaseline = 'alphabetic'
  context.fillStyle = TEXT
  setFont(context, size, 680)
  for (const [index, line] of lines.entries())
    context.fillText(line, room.left, top + size * (0.85 + 1.12 * index))
  const below = top + size * (0.85 + 1.12 * (lines.length - 1))
  setFont(context, 7 * unit, 400)
  context.fillStyle = DIM
  context.fillText(content.subtitle, room.left, below + 10 * unit)
  const factsTop = below + 19 * unit
  const foot = sheetHeight - margin
  drawFacts(
    context,
    content.facts,
    { left: room.left, top: factsTop, width: room.width, height: foot - 6 * unit - factsTop },
    unit,
  )
  setFont(context, 4 * unit, 400)
  context.fillStyle = DIM
  context.fillText(content.credit, room.left, foot)
}
