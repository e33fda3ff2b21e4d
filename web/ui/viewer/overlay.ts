/** A star with its aperture on the picture. Positions and lengths are in pixels of the shown frame, 0-based. */
export interface Overlay {
  readonly id: string
  readonly role: 'target' | 'comparison' | 'check'
  readonly label: string
  readonly x: number
  readonly y: number
  readonly radius: number
  /** Inner and outer radius of the sky annulus. */
  readonly annulus: readonly [number, number]
}

/** Radii in pixels, shared by all stars of a frame. */
export interface ApertureShape {
  readonly radius: number
  readonly annulus: readonly [number, number]
}

/** Which circle a hand has hold of. */
export type Grip = 'body' | 'radius' | 'inner' | 'outer'

const SMALLEST_RADIUS = 0.5
/** The circles keep at least this many pixels from each other. */
const GAP = 0.5

const roundTenth = (value: number): number => Math.round(value * 10) / 10

/** The shape with one circle at `radius` pixels; the others give way so that radius < inner < outer stays true. */
export const reshapeAperture = (
  shape: ApertureShape,
  grip: Exclude<Grip, 'body'>,
  to: number,
): ApertureShape => {
  const wished = roundTenth(Math.max(SMALLEST_RADIUS, to))
  const [inner, outer] = shape.annulus
  if (grip === 'radius') {
    const newInner = Math.max(inner, wished + GAP)
    return { radius: wished, annulus: [newInner, Math.max(outer, newInner + GAP)] }
  }
  if (grip === 'inner') {
    const newInner = Math.max(wished, shape.radius + GAP)
    return { radius: shape.radius, annulus: [newInner, Math.max(outer, newInner + GAP)] }
  }
  return { radius: shape.radius, annulus: [inner, Math.max(wished, inner + GAP)] }
}
