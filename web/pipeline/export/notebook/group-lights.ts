import { effectiveFacts } from '../../../core/frame'
import type { ReducedRecord } from '../../../core/reduced'
import type { SkyFit } from '../../strips/sky-fit'
import type { LightGroup, MapToTake, MasterToMake, OriginalFile } from './notebook-plan'

const noiseOf = ({ exposure }: OriginalFile): LightGroup['noise'] => {
  const { gain, readNoise } = effectiveFacts(exposure)
  return gain !== null && gain > 0 ? { gain, readNoise: readNoise ?? 0 } : null
}

const treatBadPixels = (
  { exposure }: OriginalFile,
  { badPixels, channel }: ReducedRecord['calibration'],
  maps: readonly MapToTake[],
): LightGroup['badPixels'] => {
  const map = maps.find(({ record }) => record.id === badPixels?.map)
  if (badPixels == null || map === undefined) return null
  const hasColours = channel == null && effectiveFacts(exposure).bayerPattern != null
  return { map: map.name, how: badPixels.how, hasColours }
}

interface Ingredients {
  readonly masters: readonly MasterToMake[]
  readonly maps: readonly MapToTake[]
  /** By exposure. */
  readonly skies: ReadonlyMap<string, SkyFit>
}

/** Frames that are calibrated alike are one group: a student reads the recipe once and sees the list of its files. */
export const groupLights = (
  reduced: readonly ReducedRecord[],
  { masters, maps, skies }: Ingredients,
  files: ReadonlyMap<string, OriginalFile>,
): LightGroup[] => {
  const byId = new Map(masters.map((master) => [master.record.id, master]))
  const masterOf = (id: string | null): MasterToMake | null => (id === null ? null : (byId.get(id) ?? null))
  const groups = new Map<string, LightGroup>()
  for (const frame of reduced) {
    const file = files.get(frame.exposure)
    if (file === undefined) continue
    const { patch: _, ...recipe } = frame.calibration
    const badPixels = treatBadPixels(file, recipe, maps)
    const noise = noiseOf(file)
    const key = JSON.stringify([{ ...recipe, badPixels, sky: recipe.sky?.gradient ?? null }, noise])
    const { bias, dark, flat } = frame.calibration
    const known = groups.get(key) ?? {
      name: groups.size === 0 ? 'calibrate_light' : `calibrate_light_${groups.size + 1}`,
      bias: masterOf(bias),
      dark: masterOf(dark),
      flat: masterOf(flat),
      recipe: frame.calibration,
      seconds: effectiveFacts(file.exposure).exposure,
      noise,
      badPixels,
      lights: [],
    }
    groups.set(key, {
      ...known,
      lights: [...known.lights, { file: file.name, reduced: frame, sky: skies.get(frame.exposure) ?? null }],
    })
  }
  return [...groups.values()]
}
