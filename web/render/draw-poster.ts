import { chooseScaleBar } from './sky/choose-bar'
import type { Lettering, Pen, Stroke } from './sky/pen'
import type { FramePart } from './sky/see-sky'

/** Sheets of paper (ISO 216), millimetres, upright. */
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
  /** Points of a 72nd of an inch, as all lengths here. */
  readonly width: number
  readonly height: number
}

/** What a poster is drawn on, in points from the top left: a canvas, or a page of a file. */
export interface PosterSurface {
  readonly pen: Pen
  readonly fill: (part: FramePart, colour: string) => void
  /** Puts the picture there, as it is. */
  readonly place: (part: FramePart) => void
}

const PAPER = '#090b10'
const TEXT = '#f3f1ea'
const DIM = '#aab0bc'
const ACCENT = '#f2c069'
const RIM = '#05060a'

/** The pen knows the middle of letters, a line of words stands on its foot: half the height of a capital between them. */
const MIDDLE = 0.36

/** Words that stand on `y`. */
const writeOn = (pen: Pen, text: string, x: number, y: number, lettering: Lettering): void =>
  pen.write(text, x, y - MIDDLE * lettering.size, lettering)

/** Words in lines that are no wider; the last one ends in an ellipsis where there are too many. */
const breakLines = (
  pen: Pen,
  text: string,
  width: number,
  most: number,
  look: Pick<Lettering, 'size' | 'bold'>,
): string[] => {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    const next = line === '' ? word : `${line} ${word}`
    if (line === '' || pen.measure(next, look) <= width) {
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
  pen: Pen,
  title: string,
  width: number,
  size: number,
): { readonly lines: string[]; readonly size: number } => {
  for (let own = size; own > size * 0.55; own *= 0.94)
    if (pen.measure(title, { size: own, bold: true }) <= width) return { lines: [title], size: own }
  const own = size * 0.6
  return { lines: breakLines(pen, title, width, 2, { size: own, bold: true }), size: own }
}

const drawArrow = (
  pen: Pen,
  from: { readonly x: number; readonly y: number },
  angle: number,
  length: number,
  stroke: Stroke,
): void => {
  const [x, y] = [from.x + length * Math.cos(angle), from.y - length * Math.sin(angle)]
  const barb = (side: number): readonly [number, number] => [
    x - 0.28 * length * Math.cos(angle + side * 0.45),
    y + 0.28 * length * Math.sin(angle + side * 0.45),
  ]
  // Both barbs in one line, so that the rim of one does not lie over the other.
  pen.line([from.x, from.y, x, y], stroke)
  pen.line([...barb(-1), x, y, ...barb(1)], stroke)
}

interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Scale bar at the lower left and bearings at the lower right, over the picture, with a dark rim so that they stand out of stars. */
const drawBearings = (
  pen: Pen,
  { sky, northLetter, eastLetter }: PosterContent,
  box: Box,
  /** Points for a pixel of the picture. */
  zoom: number,
  unit: number,
): void => {
  if (sky === null) return
  const bar = chooseScaleBar(((box.width / zoom) * sky.scale) / 3600 / 5)
  const inset = 7 * unit
  const foot = box.top + box.height - inset
  const stroke: Stroke = { colour: TEXT, width: 0.5 * unit, halo: RIM }
  const lettering: Lettering = {
    colour: TEXT,
    size: 4.6 * unit,
    anchor: 'middle',
    bold: true,
    halo: RIM,
  }
  if (bar !== null) {
    const start = box.left + inset
    const end = start + ((bar.degrees * 3600) / sky.scale) * zoom
    pen.line([start, foot - 1.4 * unit, start, foot, end, foot, end, foot - 1.4 * unit], stroke)
    writeOn(pen, bar.label, (start + end) / 2, foot - 2.6 * unit, lettering)
  }
  const north = (sky.north * Math.PI) / 180
  const east = north + (sky.flipped ? -Math.PI / 2 : Math.PI / 2)
  const length = 9 * unit
  const origin = { x: box.left + box.width - inset - 12 * unit, y: foot - 10 * unit }
  for (const [angle, letter] of [
    [north, northLetter],
    [east, eastLetter],
  ] as const) {
    drawArrow(pen, origin, angle, length, stroke)
    pen.write(
      letter,
      origin.x + 1.42 * length * Math.cos(angle),
      origin.y - 1.42 * length * Math.sin(angle),
      lettering,
    )
  }
}

/** Facts in columns, each a small label over its words. */
const drawFacts = (pen: Pen, facts: readonly PosterFact[], box: Box, unit: number): void => {
  // Where the sheet is wide there is room for all beside one another, and none for a second row.
  const columns = box.width / unit > 330 ? Math.max(4, facts.length) : 3
  const gap = 6 * unit
  const width = (box.width - gap * (columns - 1)) / columns
  const rows = Math.max(1, Math.ceil(facts.length / columns))
  const rowHeight = Math.min(box.height / rows, 22 * unit)
  const words: Lettering = { colour: TEXT, size: 5 * unit, anchor: 'start' }
  for (const [index, { label, text }] of facts.entries()) {
    const x = box.left + (index % columns) * (width + gap)
    const y = box.top + Math.floor(index / columns) * rowHeight
    writeOn(pen, label, x, y + 3.6 * unit, {
      colour: ACCENT,
      size: 3.6 * unit,
      anchor: 'start',
      bold: true,
    })
    for (const [line, part] of breakLines(pen, text, width, 2, words).entries())
      writeOn(pen, part, x, y + (10 + 6 * line) * unit, words)
  }
}

/** What a poster says, all of it: whoever has to know which letters it needs reads it here. */
export const wordsOfPoster = ({ title, subtitle, facts, credit }: PosterContent): string =>
  [title, subtitle, ...facts.flatMap(({ label, text }) => [label, text]), credit].join(' ')

/**
 * A poster on a sheet: the picture as large as it fits with scale and bearings, the title, what it shows and how it was taken, and who took it.
 * All lengths follow from the shorter side of the paper, so that every size looks the same. `picture` is its size in pixels.
 */
export const drawPoster = (
  { pen, fill, place }: PosterSurface,
  picture: { readonly width: number; readonly height: number },
  content: PosterContent,
  { width, height }: PosterSheet,
): void => {
  const unit = Math.min(width, height) / 297
  fill({ left: 0, top: 0, right: width, bottom: height }, PAPER)
  const margin = 14 * unit
  const textHeight = (width > height ? 74 : 108) * unit
  const room: Box = {
    left: margin,
    top: margin,
    width: width - 2 * margin,
    height: height - 2 * margin - textHeight,
  }
  const zoom = Math.min(room.width / picture.width, room.height / picture.height)
  const box: Box = {
    width: picture.width * zoom,
    height: picture.height * zoom,
    left: room.left + (room.width - picture.width * zoom) / 2,
    top: room.top + (room.height - picture.height * zoom) / 2,
  }
  place({ left: box.left, top: box.top, right: box.left + box.width, bottom: box.top + box.height })
  drawBearings(pen, content, box, zoom, unit)
  const top = room.top + room.height + 10 * unit
  const { lines, size } = fitTitle(pen, content.title, room.width, 17 * unit)
  for (const [index, line] of lines.entries())
    writeOn(pen, line, room.left, top + size * (0.85 + 1.12 * index), {
      colour: TEXT,
      size,
      anchor: 'start',
      bold: true,
    })
  const below = top + size * (0.85 + 1.12 * (lines.length - 1))
  const dim = (points: number): Lettering => ({ colour: DIM, size: points, anchor: 'start' })
  writeOn(pen, content.subtitle, room.left, below + 10 * unit, dim(7 * unit))
  const factsTop = below + 19 * unit
  const foot = height - margin
  drawFacts(
    pen,
    content.facts,
    { left: room.left, top: factsTop, width: room.width, height: foot - 6 * unit - factsTop },
    unit,
  )
  writeOn(pen, content.credit, room.left, foot, dim(4 * unit))
}
