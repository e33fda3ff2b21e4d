import type { Cone } from '../../core/catalogue'
import type { FrameSky } from './frame-sky'

const RADIAN = Math.PI / 180

/** The circle about a frame's middle that holds its corners and the middles of its sides, degrees; null where one of them shows no sky. */
export const findCone = (sky: FrameSky): Cone | null => {
  const out = new Float64Array(6)
  const [right, top] = [sky.width - 1, sky.height - 1]
  if (!sky.toSky(right / 2, top / 2, out)) return null
  const [rightAscension, declination] = [out[0]!, out[1]!]
  let radius = 0
  for (const x of [0, right / 2, right])
    for (const y of [0, top / 2, top]) {
      if (!sky.toSky(x, y, out)) return null
      const half = (angle: number): number => Math.sin((angle * RADIAN) / 2) ** 2
      const across = Math.cos(declination * RADIAN) * Math.cos(out[1]! * RADIAN)
      const share = half(out[1]! - declination) + across * half(out[0]! - rightAscension)
      radius = Math.max(radius, (2 * Math.asin(Math.min(1, Math.sqrt(share)))) / RADIAN)
    }
  return { rightAscension, declination, radius }
}
