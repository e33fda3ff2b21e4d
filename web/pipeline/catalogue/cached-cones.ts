import type { CatalogueConeRecord, CatalogueStars, Cone } from '../../core/catalogue'
import { searchCone } from '../../science/catalogue/search-cone'
import type { Workspace } from '../../storage/workspace'

/** Cones that are kept: some hundred kilobytes each. */
const MOST_CONES = 200
/** Stars that are kept in all of them together: about 80 bytes each. */
const MOST_STARS = 1_000_000

const RADIAN = Math.PI / 180

/** Degrees between two places in the sky (haversine). */
const separate = (a: Cone, b: Cone): number => {
  const up = Math.sin(((a.declination - b.declination) * RADIAN) / 2)
  const across = Math.sin(((a.rightAscension - b.rightAscension) * RADIAN) / 2)
  const narrow = Math.cos(a.declination * RADIAN) * Math.cos(b.declination * RADIAN)
  return (2 * Math.asin(Math.min(1, Math.sqrt(up * up + narrow * across * across)))) / RADIAN
}

/** What is wanted of a catalogue. */
export interface WantedCone {
  readonly catalogue: string
  readonly cone: Cone
  /** Magnitude in the catalogue's first band; null for as faint as it has them. */
  readonly faintest: number | null
  /** Stars at most. */
  readonly most: number
}

/** Whether every star that is wanted is in what is kept: a brighter part of a smaller field within it. */
const covers = (kept: CatalogueConeRecord, { cone, faintest }: WantedCone): boolean => {
  if (separate(kept.cone, cone) + cone.radius > kept.cone.radius + 1e-9) return false
  if (kept.faintest === null) return true
  return faintest !== null && faintest <= kept.faintest
}

export interface CachedStars {
  readonly stars: CatalogueStars
  readonly record: CatalogueConeRecord
}

/** How deep a kept cone is within a wanted one that it holds: all down to here are there. */
const findEnough = (kept: CatalogueConeRecord, wanted: WantedCone): CatalogueStars | null => {
  const stars = searchCone(kept.stars, wanted.cone, wanted.faintest ?? Infinity)
  if (covers(kept, wanted)) return stars
  // Not as faint as is wanted, but as many as are wanted: the brightest of the field are the same.
  const inside = separate(kept.cone, wanted.cone) + wanted.cone.radius <= kept.cone.radius + 1e-9
  return inside && stars.rightAscension.length >= wanted.most ? stars : null
}

/** Stars that were asked for before, where what was given then has all that is wanted now. The newest of several. */
export const findCached = async (
  workspace: Pick<Workspace, 'catalogueCones'>,
  wanted: WantedCone,
): Promise<CachedStars | null> => {
  const kept = await workspace.catalogueCones.listBy('catalogue', wanted.catalogue)
  for (const record of kept.toSorted((a, b) => b.createdAt - a.createdAt)) {
    const stars = findEnough(record, wanted)
    if (stars !== null) return { stars, record }
  }
  return null
}

/** Keeps what a service gave; the oldest go when there is too much. Not being able to keep it is no reason to fail. */
export const keepCone = async (
  workspace: Pick<Workspace, 'catalogueCones'>,
  record: CatalogueConeRecord,
): Promise<boolean> => {
  try {
    await workspace.catalogueCones.put(record)
    const kept = (await workspace.catalogueCones.list()).toSorted((a, b) => b.createdAt - a.createdAt)
    let stars = 0
    const gone = kept.filter((each, index) => {
      stars += each.stars.rightAscension.length
      return index > 0 && (index >= MOST_CONES || stars > MOST_STARS)
    })
    await workspace.catalogueCones.deleteMany(gone.map(({ id }) => id))
    return true
  } catch {
    return false
  }
}
