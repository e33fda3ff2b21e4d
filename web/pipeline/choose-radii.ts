interface RadiusRequest {
  readonly radii: readonly number[] | null
  readonly radiusUnit: 'pixel' | 'arcsec' | 'fwhm'
  readonly radius: number | 'best'
}

interface ReferenceScale {
  /** Pixels. */
  readonly fwhm: number
  /** Arcseconds per pixel; null when unknown. */
  readonly pixelScale: number | null
}

/** The sky annulus holds at least this many pixels, so that its level is known ten times better than one pixel's noise. */
const ANNULUS_PIXELS = 400

const toPixels = (value: number, unit: RadiusRequest['radiusUnit'], scale: ReferenceScale): number =>
  unit === 'fwhm'
    ? value * scale.fwhm
    : unit === 'arcsec' && scale.pixelScale !== null
      ? value / scale.pixelScale
      : value

/** A ladder in half pixels from half a width to three widths, at most 18 rungs: the best radius lies near 1.5 widths. */
const ladder = (fwhm: number): number[] => {
  const first = Math.max(1.5, Math.round(fwhm) / 2)
  const last = Math.max(6, Math.min(40, 3 * fwhm))
  const rung = Math.max(0.5, Math.round((2 * (last - first)) / 17) / 2)
  const radii: number[] = []
  for (let radius = first; radius <= last + 1e-9; radius += rung) radii.push(radius)
  return radii
}

/** Radii in pixels, ascending: those asked for, or a ladder about the width of the stars, always with the one that was fixed. */
export const chooseRadii = (request: RadiusRequest, scale: ReferenceScale): number[] => {
  const asked =
    request.radii?.map((value) => toPixels(value, request.radiusUnit, scale)) ?? ladder(scale.fwhm)
  const fixed = request.radius === 'best' ? [] : [toPixels(request.radius, request.radiusUnit, scale)]
  return [...new Set([...asked, ...fixed])].sort((a, b) => a - b)
}

/** Inner and outer radius of the sky, in pixels: a pixel beyond the largest aperture, wide enough for a good level. */
export const chooseAnnulus = (radii: readonly number[]): [number, number] => {
  const inner = Math.ceil(Math.max(...radii)) + 1
  return [inner, Math.ceil(Math.sqrt(inner * inner + ANNULUS_PIXELS / Math.PI))]
}
