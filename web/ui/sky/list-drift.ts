import type { PlateSolutionRecord } from '../../core/plate-solution'

const RADIAN = Math.PI / 180

/** How far the middle of each frame is from that of the first one that is solved, arcseconds; NaN where a frame is not. */
export const listDrift = (
  frames: readonly { readonly id: string }[],
  solutions: ReadonlyMap<string, Pick<PlateSolutionRecord, 'center'>>,
): { readonly number: Float64Array; readonly east: Float64Array; readonly north: Float64Array } => {
  const centers = frames.map(({ id }) => solutions.get(id)?.center ?? null)
  const origin = centers.find((center) => center !== null) ?? null
  const offset = (read: (center: readonly [number, number], from: readonly [number, number]) => number) =>
    Float64Array.from(centers, (center) =>
      center === null || origin === null ? Number.NaN : 3600 * read(center, origin),
    )
  return {
    number: Float64Array.from(frames, (_, index) => index + 1),
    east: offset(
      ([longitude], [from, latitude]) =>
        (((((longitude - from + 180) % 360) + 360) % 360) - 180) * Math.cos(latitude * RADIAN),
    ),
    north: offset(([, latitude], [, from]) => latitude - from),
  }
}
