import type { TFunction } from 'i18next'
import { exportPng, exportSvg } from '../export-plot'
import { drawFileLegend, type FileLegend } from './file-legend'
import type { Histogram } from './histogram'
import { drawBars } from './histogram-bars'
import { toPixel, type PlotMap } from './plot-map'
import { writeColour } from './plot-theme'
import { outlinePoint, readShape, sizeOpen } from './point-shapes'
import {
  hasSelection,
  layPicture,
  lookOfSelected,
  paintPoints,
  sizePoints,
  type PointsScene,
} from './points-picture'
import type { PlotArea } from './scatter-types'
import { createSvg } from './create-svg'

/** Up to so many points each is a shape of its own that can be edited; more would make a file that no program opens. */
const VECTOR_LIMIT = 5000
/** Pixels of a picture of points to a CSS pixel. */
const RATIO = 2

export interface ScatterFile {
  /** The axes as they stand on the page. */
  readonly svg: SVGSVGElement
  readonly scene: PointsScene
  readonly histogram: Histogram | null
  readonly chosen: Uint32Array | null
  readonly logY: boolean
  readonly map: PlotMap
  readonly area: PlotArea
  readonly legend: FileLegend | null
  readonly label: string
  readonly t: TFunction<'scatter'>
}

const listInside = ({ scene, map, area }: ScatterFile): number[] => {
  const inside: number[] = []
  for (let index = 0; index < scene.x.length; index++) {
    const { x, y } = toPixel(map, scene.x[index] ?? NaN, scene.y[index] ?? NaN)
    if (x >= 0 && x <= area.width && y >= 0 && y <= area.height && scene.look.colours[index] !== 0)
      inside.push(index)
  }
  return inside
}

const drawShapes = ({ scene, map }: ScatterFile, inside: readonly number[]): SVGElement[] => {
  const { ends, selected, theme } = scene
  const size = sizePoints(scene.x.length)
  const chosen = hasSelection(selected) ? selected : null
  const onTop = chosen === null ? scene.look : lookOfSelected(scene)
  const isOnTop = (index: number): boolean => chosen === null || chosen[index] === 1
  const bars = inside.filter(isOnTop).map((index) => {
    const at = toPixel(map, scene.x[index] ?? NaN, scene.y[index] ?? NaN)
    const low = toPixel(map, ends.x?.low[index] ?? NaN, ends.y?.low[index] ?? NaN)
    const high = toPixel(map, ends.x?.high[index] ?? NaN, ends.y?.high[index] ?? NaN)
    const level = Number.isFinite(low.x + high.x)
      ? `M${low.x.toFixed(2)} ${at.y.toFixed(2)}H${high.x.toFixed(2)}`
      : ''
    const upright = Number.isFinite(low.y + high.y)
      ? `M${at.x.toFixed(2)} ${low.y.toFixed(2)}V${high.y.toFixed(2)}`
      : ''
    return level + upright
  })
  const drawPoint = (index: number): SVGElement => {
    const look = isOnTop(index) ? onTop : scene.look
    const { x, y } = toPixel(map, scene.x[index] ?? NaN, scene.y[index] ?? NaN)
    const { shape, open } = readShape(look.shapes?.[index] ?? 0)
    const colour = writeColour(look.colours[index] ?? 0)
    const opacity = isOnTop(index) ? '0.92' : '0.16'
    const large = sizeOpen(size)
    return createSvg('path', {
      d: outlinePoint(shape, x, y, open ? large.size : size),
      ...(open
        ? { fill: 'none', stroke: colour, 'stroke-width': String(large.line), 'stroke-opacity': opacity }
        : { fill: colour, 'fill-opacity': opacity }),
    })
  }
  return [
    createSvg('path', {
      d: bars.join(''),
      stroke: writeColour(theme.faint),
      'stroke-opacity': '0.5',
      fill: 'none',
    }),
    ...inside.filter((index) => !isOnTop(index)).map(drawPoint),
    ...inside.filter(isOnTop).map(drawPoint),
  ]
}

const drawAsPicture = ({ scene, map, area }: ScatterFile): SVGElement => {
  const canvas = document.createElement('canvas')
  layPicture(paintPoints(scene, map, { ...area, ratio: RATIO }, null), canvas)
  return createSvg('image', {
    width: String(area.width),
    height: String(area.height),
    href: canvas.toDataURL('image/png'),
  })
}

const drawHistogram = (file: ScatterFile, histogram: Histogram): SVGElement[] => {
  const { chosen, map, logY, scene } = file
  const draw = { edges: histogram.edges, map, logarithmic: logY }
  const all = createSvg('path', {
    d: drawBars({ ...draw, counts: histogram.counts }),
    fill: writeColour(scene.theme.plain),
    'fill-opacity': chosen === null ? '0.85' : '0.3',
  })
  if (chosen === null) return [all]
  const own = createSvg('path', {
    d: drawBars({ ...draw, counts: chosen }),
    fill: writeColour(scene.theme.chosen),
  })
  return [all, own]
}

/** The points as part of a file, with a sentence that says how they are drawn. */
const drawContent = (file: ScatterFile): SVGElement => {
  const { area, histogram, t } = file
  const holder = createSvg('svg', {
    x: String(area.left),
    y: String(area.top),
    width: String(area.width),
    height: String(area.height),
  })
  const note = createSvg('desc', {})
  if (histogram !== null) {
    holder.append(...drawHistogram(file, histogram))
    return holder
  }
  const inside = listInside(file)
  const shown = String(inside.length)
  const drawn = inside.length > VECTOR_LIMIT ? [drawAsPicture(file)] : drawShapes(file, inside)
  note.textContent =
    inside.length > VECTOR_LIMIT
      ? t('filePicture', {
          shown,
          width: Math.round(RATIO * area.width),
          height: Math.round(RATIO * area.height),
          limit: VECTOR_LIMIT,
        })
      : t('fileNote', { shown })
  holder.append(note, ...drawn)
  return holder
}

/**
 * The plot as it is seen, with its legend, as a file. Its parts are put into the page for as long as it takes to copy
 * them with their styles, which is less than a frame.
 */
export const exportScatter = async (file: ScatterFile, format: 'svg' | 'png'): Promise<Blob> => {
  const content = drawContent(file)
  const legend =
    file.legend === null ? null : drawFileLegend(file.legend, file.svg.clientWidth, file.scene.theme)
  file.svg.append(content)
  if (legend !== null) file.svg.parentElement?.append(legend)
  try {
    const plots = legend === null ? [file.svg] : [legend, file.svg]
    // Either copies everything before it first waits.
    return format === 'svg'
      ? new Blob([exportSvg(plots, file.label)], { type: 'image/svg+xml' })
      : exportPng(plots, file.label)
  } finally {
    content.remove()
    legend?.remove()
  }
}
