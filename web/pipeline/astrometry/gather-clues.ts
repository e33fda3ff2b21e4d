import { effectiveFacts, type ExposureRecord } from '../../core/frame'
import type { Header } from '../../core/header'
import type { PlateSolutionRecord } from '../../core/plate-solution'
import { createIcrsTransform } from '../../science/astrometry/icrs-transform'
import { readWcs } from '../../science/astrometry/wcs/read-wcs'
import type { FrameClues, KnownPose, SkyPlace } from './list-hints'

/** Arcseconds in a radian, for micrometres over millimetres. */
const ARCSECONDS = 206.264806

/** What an order says of where its frames are; null and left out mean the same. */
export interface SaidClues {
  readonly center?: SkyPlace | null
  /** Degrees. */
  readonly radius?: number | null
  /** Arcseconds a pixel: one number, or least and most. */
  readonly scale?: number | readonly [number, number] | null
  /** Millimetres, and micrometres of a pixel as it is stored. */
  readonly focalLength?: number | null
  readonly pixelSize?: number | null
  readonly blind?: boolean | null
}

const poseOfSolution = ({ center, scale, parity, rotation }: PlateSolutionRecord): KnownPose => ({
  center: { rightAscension: center[0], declination: center[1] },
  scale,
  parity,
  rotation,
})

/** Where the header's world coordinates have the middle of the frame; null where it has none that can be used. */
const readHeaderPose = (
  header: Header,
  { width, height }: Pick<ExposureRecord, 'width' | 'height'>,
): KnownPose | null => {
  try {
    const wcs = readWcs(header)
    const transform = wcs === null ? null : createIcrsTransform(wcs)
    if (wcs === null || transform === null) return null
    const out = new Float64Array(6)
    if (!transform.pixelToSky((width - 1) / 2, (height - 1) / 2, out)) return null
    const [rightAscension, declination] = [out[0]!, out[1]!]
    const [a, b, c, d] = wcs.matrix
    const determinant = a * d - b * c
    const scale = 3600 * Math.sqrt(Math.abs(determinant))
    // Some programs write a WCS of ones where they know nothing.
    if (!(scale > 0.01 && scale < 1000) || (rightAscension === 0 && declination === 0)) return null
    return {
      center: { rightAscension, declination },
      scale,
      parity: determinant > 0 ? 1 : -1,
      rotation: null,
    }
  } catch {
    return null
  }
}

/** Arcseconds a pixel from the optics that a person names, the rest being the header's; null where they do not tell. */
const scaleOfOptics = (said: SaidClues, facts: ReturnType<typeof effectiveFacts>): number | null => {
  if (said.focalLength == null && said.pixelSize == null) return null
  const size = said.pixelSize ?? facts.pixelSize ?? null
  const length = said.focalLength ?? facts.focalLength ?? null
  return size === null || length === null ? null : (ARCSECONDS * size) / length
}

/** All that is known of a frame, from order, header, profile and the frames beside it. */
export const gatherClues = (
  exposure: ExposureRecord,
  header: Header,
  {
    said,
    named,
    neighbours,
  }: {
    readonly said: SaidClues
    readonly named: SkyPlace | null
    readonly neighbours: readonly PlateSolutionRecord[]
  },
): FrameClues => {
  const facts = effectiveFacts(exposure)
  const { rightAscension, declination } = facts
  return {
    width: exposure.width,
    height: exposure.height,
    center: said.center ?? null,
    radius: said.radius ?? null,
    scale: said.scale ?? scaleOfOptics(said, facts),
    world: readHeaderPose(header, exposure),
    pointing: rightAscension === null || declination === null ? null : { rightAscension, declination },
    headerScale: facts.pixelScale,
    named,
    neighbours: neighbours.map(poseOfSolution),
    blind: said.blind ?? null,
  }
}
