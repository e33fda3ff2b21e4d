import i18next from 'i18next'
import { chooseColourTicks } from './axis-ticks'
import { createSvg } from './create-svg'
import { lookOfClass, type ColourRange } from './point-looks'
import { outlinePoint, POINT_SHAPES } from './point-shapes'
import { writeColour, type PlotTheme } from './plot-theme'
import { OTHERS, type PointClass } from './rank-classes'
import styles from './scatter-plot.module.css'
import type { ScatterColour } from './scatter-types'

export interface FileLegend {
  readonly colour: ScatterColour
  readonly classes: readonly PointClass[]
  readonly hidden: ReadonlySet<string>
  readonly range: ColourRange | null
  readonly ramp: Uint32Array
}

const [LEFT, LINE, BAR_WIDTH, BAR_HEIGHT, CHARACTER] = [16, 22, 220, 10, 7]

const write = (text: string, x: number, y: number, kind: 'name' | 'tick', anchor = 'start'): SVGElement => {
  const element = createSvg('text', { x: String(x), y: String(y), 'text-anchor': anchor })
  element.setAttribute('class', styles[kind] ?? '')
  element.textContent = text
  return element
}

const drawBar = ({ colour, range, ramp }: FileLegend): { parts: SVGElement[]; height: number } => {
  if (range === null || colour.kind === 'text') return { parts: [], height: 0 }
  const begin = LEFT + CHARACTER * colour.label.length + 20
  const width = BAR_WIDTH / ramp.length
  const colours = Array.from(ramp, (pixel, step) =>
    createSvg('rect', {
      x: String(begin + step * width),
      y: '6',
      // A little over its neighbour, or programs show seams.
      width: String(width + 0.3),
      height: String(BAR_HEIGHT),
      fill: writeColour(pixel),
    }),
  )
  const { ticks, offset, note } = chooseColourTicks(colour, range, i18next.language)
  const span = range.high - range.low
  const numbers = ticks.map(({ at, text }) =>
    write(text, begin + (span > 0 ? (at - range.low) / span : 0.5) * BAR_WIDTH, 30, 'tick', 'middle'),
  )
  const name = `${colour.label}${offset === 0 ? '' : ` − ${offset}`}${note === undefined ? '' : `, ${note}`}`
  return { parts: [write(name, LEFT, 16, 'name'), ...colours, ...numbers], height: 40 }
}

const drawClasses = (legend: FileLegend, width: number, theme: PlotTheme) => {
  const { colour, classes, hidden } = legend
  const parts: SVGElement[] = [write(colour.label, LEFT, 16, 'name')]
  let [x, y] = [LEFT + CHARACTER * colour.label.length + 20, 12]
  for (const each of classes) {
    if (hidden.has(each.name)) continue
    const name =
      each.name === OTHERS
        ? i18next.t('others', { ns: 'scatter', count: each.codes.length })
        : each.name || i18next.t('empty', { ns: 'scatter' })
    const room = 34 + CHARACTER * name.length
    if (x + room > width && x > LEFT) {
      x = LEFT
      y += LINE
    }
    const look = lookOfClass(each, theme)
    parts.push(
      createSvg('path', {
        d: outlinePoint(POINT_SHAPES[look.shape] ?? 'circle', x + 6, y, 4.6),
        fill: writeColour(look.colour),
      }),
      write(name, x + 16, y + 4, 'tick'),
    )
    x += room
  }
  return { parts, height: y + LINE }
}

/** The legend as a drawing to stand above the plot in a file. */
export const drawFileLegend = (legend: FileLegend, width: number, theme: PlotTheme): SVGSVGElement => {
  const { parts, height } =
    legend.colour.kind === 'number' ? drawBar(legend) : drawClasses(legend, width, theme)
  const svg = createSvg('svg', { width: String(width), height: String(height) }) as SVGSVGElement
  svg.style.position = 'absolute'
  svg.append(...parts)
  return svg
}
