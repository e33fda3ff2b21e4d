import { effectiveFacts, type ExposureRecord } from '../core/frame'

/** What a person makes of a night; each craft has its own road. */
export const CRAFTS = ['curve', 'picture'] as const
export type Craft = (typeof CRAFTS)[number]

/** A filter with more frames than this in a night was taken to follow something through the night. */
const MOST_FOR_PICTURE = 30

/** Few frames in several filters make a picture; anything else is taken for a series of which the light is wanted. */
export const suggestCraft = (lights: readonly ExposureRecord[]): Craft => {
  const counts = new Map<string, number>()
  for (const light of lights) {
    const { filter } = effectiveFacts(light)
    if (filter !== null) counts.set(filter, (counts.get(filter) ?? 0) + 1)
  }
  return counts.size > 1 && Math.max(...counts.values()) <= MOST_FOR_PICTURE ? 'picture' : 'curve'
}
