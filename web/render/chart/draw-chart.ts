import { paintSky } from '../sky/paint-sky'
import type { Pen } from '../sky/pen'
import type { FramePart } from '../sky/see-sky'
import { DAY_SKY, PAPER_SKY } from '../sky/sky-colours'
import type { SkyScene } from '../sky/sky-scene'
import type { ChartPlace } from './place-chart'

/** DIN A4 upright, points. */
export const PAGE = { width: 595, height: 842 } as const
const MARGIN = 42
const TITLE = 20
const LINE = 14

/** Where the picture may lie: below title and lines, above the table of stars and the credits. */
export const PICTURE_ROOM: FramePart = {
  left: MARGIN,
  top: 112,
  right: PAGE.width - MARGIN,
  bottom: 640,
}

/** A star that is compared with, by the label that stands beside it on the chart. */
export interface ChartStar {
  readonly label: string
  readonly x: number
  readonly y: number
  /** Coordinates and brightness in words. */
  readonly words: string
}

export interface Chart {
  readonly title: string
  /** Beneath the title: place, filter, date. */
  readonly lines: readonly string[]
  readonly scene: SkyScene
  readonly stars: readonly ChartStar[]
  /** Who made the catalogue and the picture. */
  readonly credits: readonly string[]
  /** Black stars on white. */
  readonly invert: boolean
}

const INK = '#16202c'
const FAINT = '#55606e'
const MOST_LISTED = 8

/** Everything of a chart but its picture, which lies beneath. */
export const drawChart = (pen: Pen, chart: Chart, { place, picture }: ChartPlace): void => {
  const colours = chart.invert ? PAPER_SKY : DAY_SKY
  pen.write(chart.title, MARGIN, 56, { colour: INK, size: TITLE, bold: true, anchor: 'start' })
  for (const [index, line] of chart.lines.slice(0, 2).entries())
    pen.write(line, MARGIN, 78 + index * LINE, { colour: FAINT, size: 10.5, anchor: 'start' })
  const box = {
    left: picture.left + 4,
    right: picture.right - 4,
    top: picture.top + 4,
    bottom: picture.bottom - 4,
  }
  pen.within(picture, () => {
    paintSky(pen, chart.scene, { place, screen: picture, box }, colours)
    for (const { label, x, y } of chart.stars) {
      const at = { x: place.a * x + place.b * y + place.c, y: place.d * x + place.e * y + place.f }
      pen.circle(at.x, at.y, 8, { colour: colours.missing, width: 1.4, halo: colours.halo })
      pen.write(label, at.x + 12, at.y, {
        colour: colours.missing,
        size: 11,
        bold: true,
        anchor: 'start',
        halo: colours.halo,
      })
    }
  })
  const { left, right, top, bottom } = picture
  pen.line([left, top, right, top, right, bottom, left, bottom], { colour: INK, width: 0.8 }, true)
  let y = bottom + 20
  for (const { label, words } of chart.stars.slice(0, MOST_LISTED)) {
    pen.write(label, MARGIN, y, { colour: INK, size: 10, bold: true, anchor: 'start' })
    pen.write(words, MARGIN + 42, y, { colour: INK, size: 10, anchor: 'start' })
    y += LINE
  }
  const foot = PAGE.height - 34 - (chart.credits.length - 1) * 11
  for (const [index, credit] of chart.credits.entries())
    pen.write(credit, MARGIN, foot + index * 11, { colour: FAINT, size: 8, anchor: 'start' })
}
