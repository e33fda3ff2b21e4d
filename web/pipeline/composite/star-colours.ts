import type { CatalogueStars } from '../../core/catalogue'
import { createIcrsTransform } from '../../science/astrometry/icrs-transform'
import type { Wcs } from '../../science/astrometry/wcs/wcs'
import { WHITE_COLOUR } from '../../science/colour/balance-stars'
import type { Workspace } from '../../storage/workspace'
import { findFrameWcs } from '../astrometry/find-frame-wcs'
import type { ColourAt } from './fit-balance'

/** A star of the picture and one of the catalogue are one where they are so near, pixels. */
const SAME_STAR = 3

/** BP-RP of the sun (Creevey et al. 2023, A&A 674, A39: 0.818), and how fast it grows with B-V there. A line against colour takes up what the latter is wrong by. */
const [SUN_BP_RP, BP_RP_TO_B_V] = [0.818, 0.8]

/** B-V of the stars of a catalogue, or what stands in for it: Gaia's own colour, counted from that of the sun. NaN where it is not known. */
const coloursOf = ({ colour, bands = [] }: CatalogueStars): Float32Array => {
  const blue = bands.find(({ name }) => name === 'BPmag')?.magnitude
  const red = bands.find(({ name }) => name === 'RPmag')?.magnitude
  if (blue === undefined || red === undefined) return colour
  return colour.map((own, star) =>
    Number.isFinite(own) ? own : WHITE_COLOUR + BP_RP_TO_B_V * (blue[star]! - red[star]! - SUN_BP_RP),
  )
}

/** Colours of stars by their places on a picture of so many pixels, from catalogues in ICRS. */
export const placeColours = (
  wcs: Wcs,
  { width, height }: { readonly width: number; readonly height: number },
  catalogues: readonly CatalogueStars[],
): ColourAt => {
  const transform = createIcrsTransform(wcs)
  const placed: { readonly x: number; readonly y: number; readonly colour: number }[] = []
  const out = new Float64Array(6)
  for (const stars of catalogues) {
    const colours = coloursOf(stars)
    for (let star = 0; star < colours.length; star++) {
      const colour = colours[star]!
      if (!Number.isFinite(colour)) continue
      const found = transform?.skyToPixel(stars.rightAscension[star]!, stars.declination[star]!, out) === true
      if (!found || !(out[0]! > -1 && out[1]! > -1 && out[0]! < width && out[1]! < height)) continue
      placed.push({ x: out[0]!, y: out[1]!, colour })
    }
  }
  return ({ x, y }) => {
    const near = placed.filter((star) => Math.hypot(star.x - x, star.y - y) <= SAME_STAR)
    // Of two stars nobody knows whose light it is.
    return near.length === 1 ? near[0]!.colour : Number.NaN
  }
}

/**
 * Colours of the stars of a frame whose place on the sky is known, from what catalogue services gave for it before; nothing is asked of the net. The newest cone counts that
 * has its field.
 */
export const findStarColours = async (
  workspace: Workspace,
  frame: string,
  size: { readonly width: number; readonly height: number },
): Promise<ColourAt> => {
  const wcs = (await findFrameWcs(workspace, frame))?.wcs
  if (wcs === undefined) return () => Number.NaN
  const cones = (await workspace.catalogueCones.list()).toSorted((a, b) => b.createdAt - a.createdAt)
  const out = new Float64Array(6)
  const middle = createIcrsTransform(wcs)
  if (middle?.pixelToSky(size.width / 2, size.height / 2, out) !== true) return () => Number.NaN
  const [rightAscension, declination] = [out[0]!, out[1]!]
  const own = cones.find(({ cone }) => {
    const across =
      (((cone.rightAscension - rightAscension + 540) % 360) - 180) * Math.cos((declination * Math.PI) / 180)
    return Math.hypot(across, cone.declination - declination) < cone.radius
  })
  return own === undefined ? () => Number.NaN : placeColours(wcs, size, [own.stars])
}
