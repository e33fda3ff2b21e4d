import { AsterismError } from '../../core/errors'
import type { Image } from '../../core/image'
import type { MasterRecord } from '../../core/master'
import { makeBadPixelMap, type BadPixelMap } from '../../science/calibration/make-bad-pixel-map'
import type { PlannedMap } from '../plan-bad-pixels'
import { skip, type StepDefinition } from '../step'
import { describeMaster } from './build-master'

interface Input {
  readonly plan: PlannedMap
  readonly order: string
  readonly darkMaster: MasterRecord | null
  readonly flatMaster: MasterRecord | null
  readonly dark: Image | undefined
  readonly flat: Image | undefined
}

const meanOf = (times: readonly (number | null | undefined)[]): number | null => {
  const known = times.filter((time) => time != null)
  return known.length === 0 ? null : known.reduce((sum, time) => sum + time, 0) / known.length
}

/** A map of bad pixels as a master: its data plane holds the kinds of each pixel, its uncertainty plane nothing. */
export const describeMap = ({ width, height, counts }: Pick<BadPixelMap, 'width' | 'height' | 'counts'>) => ({
  kind: 'master-bad-pixels' as const,
  combine: null,
  width,
  height,
  unit: '',
  biasSubtracted: false,
  statistics: { median: 0, deviation: 0, rejectedFraction: counts.any / (width * height) },
})

/** Planes as masters have them, as bytes. */
export const packMap = (mask: ArrayLike<number>): Uint8Array<ArrayBuffer> => {
  const planes = new Float32Array(2 * mask.length)
  planes.set(mask)
  return new Uint8Array(planes.buffer)
}

/** Marks the pixels of a camera that stand out in its master dark and its master flat. */
export const mapBadPixels: StepDefinition<Input, BadPixelMap> = {
  name: 'map-bad-pixels',
  load: async ({ step, workspace, frames }) => {
    const plan = step.parameters as unknown as PlannedMap
    const known = await workspace.masters.get(plan.id)
    if (known !== undefined && (await workspace.pixels.has(known.bytesId))) return describeMaster(known)
    const find = async (id: string | null) =>
      id === null ? null : ((await workspace.masters.get(id)) ?? null)
    const [darkMaster, flatMaster] = [await find(plan.dark), await find(plan.flat)]
    if (darkMaster === null && flatMaster === null)
      return skip('Neither the dark nor the flat of this map could be made.')
    return {
      plan,
      order: step.order,
      darkMaster,
      flatMaster,
      dark: darkMaster === null ? undefined : await frames.stored(darkMaster, 0),
      flat: flatMaster === null ? undefined : await frames.stored(flatMaster, 0),
    }
  },
  compute: ({ dark, flat, plan }) => {
    const { hot, flat: limit } = plan.limits
    return makeBadPixelMap({ dark, flat }, { hot, low: limit, high: limit, sigmas: 'blocks' })
  },
  save: async (map, { plan, order, darkMaster, flatMaster }, { workspace }) => {
    const inputs = [darkMaster, flatMaster].flatMap((master) => master?.id ?? [])
    const source = darkMaster ?? flatMaster
    if (source === null) throw new AsterismError('unexpected', 'A map was made from nothing.')
    const bytesId = `bytes-${plan.id}`
    await workspace.pixels.write(bytesId, packMap(map.mask))
    const master: MasterRecord = {
      id: plan.id,
      name: `master-bad-pixels-${plan.group.night}.fits`,
      order,
      group: plan.group,
      frames: [],
      inputs,
      bytesId,
      ...describeMap(map),
      badPixels: { counts: map.counts, edits: 0 },
      jdUtcMid: meanOf([darkMaster?.jdUtcMid, flatMaster?.jdUtcMid]),
      warnings: [],
      flags: [],
      createdAt: Date.now(),
    }
    // Bytes first: a record never points at pixels that a full disk kept out.
    await workspace.masters.put(master)
    return describeMaster(master)
  },
}
