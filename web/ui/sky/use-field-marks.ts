import { useEffect, useMemo, useState } from 'react'
import type { CatalogueStars } from '../../core/catalogue'
import type { ResolvedName } from '../../core/resolved-name'
import { findCone } from '../../render/sky/find-cone'
import { findOnFrame } from '../../render/sky/find-place'
import type { FrameSky } from '../../render/sky/frame-sky'
import type { SkyMark } from '../../render/sky/sky-scene'
import { useStudio } from '../kit/use-app'
import type { PlacedFrame } from './use-frame-sky'

interface FieldMarks {
  readonly stars: readonly SkyMark[]
  readonly objects: readonly SkyMark[]
  readonly magnitudes: { readonly faintest: number; readonly brightest: number }
}

const NOTHING: readonly never[] = []
const USUAL = { faintest: 12, brightest: 6 } as const
/** Marks beyond these hide the picture. */
const MOST_STARS = 600
const MOST_OBJECTS = 60
/** Degrees: a wider field has more than can be told apart. */
const WIDEST = 15

const markStars = (sky: FrameSky, stars: CatalogueStars | null): readonly SkyMark[] =>
  stars === null
    ? NOTHING
    : Array.from(stars.rightAscension, (rightAscension, index): SkyMark | null => {
        const declination = stars.declination[index] ?? Number.NaN
        const at = findOnFrame(sky, rightAscension, declination)
        const magnitude = stars.magnitude[index] ?? Number.NaN
        return at === null
          ? null
          : { kind: 'catalogue', ...at, rightAscension, declination, magnitude, name: null, extent: null }
      }).filter((mark) => mark !== null)

const markObjects = (sky: FrameSky, objects: readonly ResolvedName[]): readonly SkyMark[] =>
  objects.flatMap(({ name, rightAscension, declination, magnitude, size }): SkyMark[] => {
    const at = findOnFrame(sky, rightAscension, declination)
    if (at === null) return []
    const extent = size === null ? null : size / 120
    return [{ kind: 'object', ...at, rightAscension, declination, magnitude, name, extent }]
  })

/** What lists and the catalogue that comes with the app have in the field of a frame, fetched when it is wanted. */
export const useFieldMarks = (
  placed: PlacedFrame | null,
  wanted: { readonly stars: boolean; readonly objects: boolean },
): FieldMarks => {
  const studio = useStudio()
  const sky = placed?.sky ?? null
  const cone = useMemo(() => (sky === null ? null : findCone(sky)), [sky])
  const [stars, setStars] = useState<CatalogueStars | null>(null)
  const [objects, setObjects] = useState<readonly ResolvedName[]>(NOTHING)
  useEffect(() => {
    setStars(null)
    if (!wanted.stars || cone === null || cone.radius > WIDEST) return
    const abort = new AbortController()
    const load = async (): Promise<void> => {
      const loaded = await studio.sky.load({ id: 'tycho2', cone, most: MOST_STARS }, { signal: abort.signal })
      setStars(loaded.stars)
    }
    // Without a net and before they were ever fetched there are none: the picture is shown without.
    load().catch(() => undefined)
    return () => abort.abort()
  }, [studio, cone, wanted.stars])
  useEffect(() => {
    setObjects(NOTHING)
    if (!wanted.objects || cone === null || cone.radius > WIDEST) return
    const abort = new AbortController()
    const list = async (): Promise<void> => {
      const around = await studio.sky.around(cone, { signal: abort.signal })
      setObjects(around.slice(0, MOST_OBJECTS))
    }
    list().catch(() => undefined)
    return () => abort.abort()
  }, [studio, cone, wanted.objects])
  return useMemo(() => {
    if (sky === null) return { stars: NOTHING, objects: NOTHING, magnitudes: USUAL }
    const marked = markStars(sky, stars)
    const magnitudes = marked.flatMap(({ magnitude }) =>
      magnitude !== null && Number.isFinite(magnitude) ? [magnitude] : [],
    )
    return {
      stars: marked,
      objects: markObjects(sky, objects),
      magnitudes:
        magnitudes.length === 0
          ? USUAL
          : { faintest: Math.max(...magnitudes), brightest: Math.min(...magnitudes) },
    }
  }, [sky, stars, objects])
}
