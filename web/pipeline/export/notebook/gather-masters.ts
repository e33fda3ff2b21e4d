import type { CombinedMasterKind } from '../../../core/master'
import { z } from '../../../core/validation'
import type { Workspace } from '../../../storage/workspace'
import { nameMasters } from './name-things'
import type { CombinedMaster, MasterToMake } from './notebook-plan'
import { refuse, refuseMasterStep, requireCombined } from './refuse-recipe'

/** Of the step that made a master: what its record does not say. */
const SideSchema = z.tuple([z.number(), z.number()])

const StepSchema = z.looseObject({
  frames: z.array(z.string()),
  bias: z.string().nullable(),
  dark: z.string().nullable(),
  darkFactors: z.array(z.number()),
  pedestals: z.array(z.number()).optional(),
  mosaic: z.enum(['RGGB', 'BGGR', 'GRBG', 'GBRG']).optional(),
  flat: z
    .looseObject({
      method: z.enum(['median', 'mode']),
      region: z.object({ x: SideSchema, y: SideSchema }).nullable(),
    })
    .optional(),
})

/** Bias first, then darks, then flats: none is made before what it needs. */
const ORDER: readonly CombinedMasterKind[] = ['master-bias', 'master-dark', 'master-flat']

type Making = z.infer<typeof StepSchema>

const findMaking = async (workspace: Workspace, master: CombinedMaster): Promise<Making> => {
  const steps = await workspace.steps.listBy('order', master.order)
  const step = steps.find(({ name, outputs }) => name === 'build-master' && outputs.includes(master.id))
  if (step !== undefined) {
    refuseMasterStep(step.parameters, master.id)
    const making = StepSchema.safeParse(step.parameters)
    if (making.success && making.data.flat?.method === 'mode')
      refuse(
        `the level of ${master.name} is the mode of its flats, which hangs on the last digits of their pixels. Take the median.`,
        master.id,
      )
    if (making.success) return making.data
  }
  // Without other masters and with no pedestal there is nothing else to know.
  if (master.inputs.length === master.frames.length && master.kind !== 'master-flat')
    return { frames: [], bias: null, dark: null, darkFactors: [] }
  return refuse(`how ${master.name} was made is not in the workspace any more. Make it anew.`, master.id)
}

/** These masters and those that they were made with, in the order of their making; the names of their files come later. */
export const gatherMasters = async (
  workspace: Workspace,
  ids: readonly string[],
): Promise<MasterToMake[]> => {
  const found = new Map<string, { record: CombinedMaster; making: Making }>()
  let wanted = new Set(ids)
  while (wanted.size > 0) {
    const records = await workspace.masters.getMany([...wanted])
    if (records.length < wanted.size)
      refuse('a master that it needs is gone from the workspace.', ids[0] ?? '')
    const next = new Set<string>()
    for (const record of records.map(requireCombined)) {
      const making = await findMaking(workspace, record)
      found.set(record.id, { record, making })
      for (const input of [making.bias, making.dark]) if (input !== null && !found.has(input)) next.add(input)
    }
    wanted = next
  }
  const sorted = [...found.values()].sort(
    (a, b) => ORDER.indexOf(a.record.kind) - ORDER.indexOf(b.record.kind),
  )
  const names = nameMasters(sorted.map(({ record }) => record))
  const made = new Map<string, MasterToMake>()
  for (const { record, making } of sorted) {
    made.set(record.id, {
      name: names.get(record.id) ?? record.kind,
      record,
      raw: record.raw ?? null,
      files: [],
      seconds: [],
      bias: making.bias === null ? null : (made.get(making.bias) ?? null),
      dark: making.dark === null ? null : (made.get(making.dark) ?? null),
      darkFactors: record.frames.map((frame) => making.darkFactors[making.frames.indexOf(frame)] ?? 1),
      pedestals: record.frames.map((frame) => making.pedestals?.[making.frames.indexOf(frame)] ?? 0),
      region: making.flat?.region ?? null,
      mosaic: making.mosaic ?? null,
    })
  }
  return [...made.values()]
}
