import { applyTransform, invertTransform, type Transform } from '../../core/transform'
import { findCompass } from './find-compass'
import { paintArrow } from './paint-arrow'
import { COMPASS_REACH, paintCompass, paintScaleBar } from './paint-bearings'
import { intersectParts, paintGrid, placePart } from './paint-grid'
import { paintMark, sizeByMagnitude, type MarkKind } from './paint-marks'
import type { Pen } from './pen'
import { scaleQuiver } from './scale-quiver'
import type { FramePart } from './see-sky'
import type { SkyColours } from './sky-colours'
import type { Residual, SkyMark, SkyScene } from './sky-scene'
import { traceGrid } from './trace-grid'

export interface SkyGeometry {
  /** Pixels of the frame to the pen's units. */
  readonly place: Transform
  /** What of the pen's plane is seen. */
  readonly screen: FramePart
  /** Where labels, arrows and the scale bar may stand. */
  readonly box: FramePart
}

/** Units of the pen from line to line of the grid, at least. */
const APART = 120
const POINT_RADII: Readonly<Record<MarkKind, number>> = {
  catalogue: 4,
  matched: 9,
  unmatched: 6,
  missing: 8,
  target: 12,
  object: 12,
}
/** What lies further beyond the edge is not drawn. */
const BEYOND = 60
const FURTHEST_NAME = 120
const WIDEST_BAR = 190

/** Radius of a mark in the pen's units. */
const findMarkRadius = (
  mark: SkyMark,
  magnitudes: SkyScene['magnitudes'],
  unitsPerDegree: number,
): number => {
  if (mark.extent !== null) return Math.max(POINT_RADII[mark.kind], mark.extent * unitsPerDegree)
  if (mark.kind === 'catalogue' && mark.magnitude !== null) return sizeByMagnitude(mark.magnitude, magnitudes)
  return POINT_RADII[mark.kind]
}

const paintMarks = (
  pen: Pen,
  scene: SkyScene,
  { place, screen }: SkyGeometry,
  unitsPerDegree: number,
  colours: SkyColours,
): void => {
  for (const mark of scene.marks) {
    const at = applyTransform(place, mark)
    const radius = findMarkRadius(mark, scene.magnitudes, unitsPerDegree)
    const reach = BEYOND + radius
    if (at.x < screen.left - reach || at.x > screen.right + reach) continue
    if (!(at.y >= screen.top - reach && at.y <= screen.bottom + reach)) continue
    paintMark(pen, mark.kind, { ...at, radius }, colours)
    if (mark.name === null) continue
    // Of what is larger than the picture the name stands by its middle.
    const ring = Math.min(radius, FURTHEST_NAME)
    const out = mark.kind === 'target' ? ring + 18 : ring + 5
    pen.write(mark.name, at.x + out * Math.SQRT1_2, at.y - out * Math.SQRT1_2 - 2, {
      colour: mark.kind === 'target' ? colours.target : colours.object,
      size: 12,
      bold: true,
      anchor: 'start',
      halo: colours.halo,
    })
  }
}

const paintResiduals = (
  pen: Pen,
  residuals: readonly Residual[],
  rmsArcseconds: number,
  { place, box }: SkyGeometry,
  colours: SkyColours,
): void => {
  const scale = scaleQuiver(rmsArcseconds)
  if (scale === null || residuals.length === 0) return
  const stroke = { colour: colours.residual, width: 1.6, halo: colours.halo }
  for (const { x, y, dx, dy, east, north } of residuals) {
    const at = applyTransform(place, { x, y })
    const toward = { x: place.a * dx + place.b * dy, y: place.d * dx + place.e * dy }
    const length = Math.hypot(toward.x, toward.y)
    if (!(length > 0)) continue
    const factor = (Math.hypot(east, north) * scale.unitsPerArcsecond) / length
    paintArrow(pen, [at.x, at.y], [at.x + factor * toward.x, at.y + factor * toward.y], stroke, 6)
  }
  const { length, label } = scale.legend
  const [left, y] = [box.left + 12, box.bottom - 50]
  paintArrow(pen, [left, y], [left + length, y], stroke, 6)
  pen.write(label, left + length + 8, y, {
    colour: colours.residual,
    size: 12,
    bold: true,
    anchor: 'start',
    halo: colours.halo,
  })
}

/** Draws a scene over its picture: the grid lies lowest, what points to single stars above it, bearings on top. */
export const paintSky = (pen: Pen, scene: SkyScene, geometry: SkyGeometry, colours: SkyColours): void => {
  const { sky } = scene
  const { place, screen, box } = geometry
  const back = invertTransform(place)
  const whole = { left: -0.5, top: -0.5, right: sky.width - 0.5, bottom: sky.height - 0.5 }
  const seen = intersectParts(placePart(screen, back), whole)
  if (seen === null) return
  const picture = placePart(seen, place)
  const onScreen = intersectParts(picture, box)
  const scale = Math.sqrt(Math.abs(place.a * place.e - place.b * place.d))
  let nameGrid = (): void => undefined
  if (scene.grid !== null && onScreen !== null) {
    const lines = traceGrid(sky, seen, { style: scene.grid, apart: APART / scale })
    nameGrid = paintGrid(pen, lines, { place, picture, box: onScreen }, colours)
  }
  const middle = { x: (seen.left + seen.right) / 2, y: (seen.top + seen.bottom) / 2 }
  const compass = findCompass(sky, middle, place)
  paintMarks(pen, scene, geometry, compass?.unitsPerDegree ?? 0, colours)
  paintResiduals(pen, scene.residuals, scene.rmsArcseconds, geometry, colours)
  nameGrid()
  if (compass === null) return
  if (scene.compass !== null) {
    const at = { x: box.right - COMPASS_REACH, y: box.bottom - COMPASS_REACH }
    paintCompass(pen, compass, at, scene.compass, colours)
  }
  if (scene.scaleBar) {
    const room = Math.min(WIDEST_BAR, (box.right - box.left) / 3)
    paintScaleBar(pen, compass.unitsPerDegree, { x: box.left + 12, y: box.bottom - 14, room }, colours)
  }
}
