import { AsterismError } from '../../core/errors'
import { effectiveFacts, type ExposureRecord } from '../../core/frame'
import type { Image } from '../../core/image'
import type { MasterRecord } from '../../core/master'
import { throwIfAborted, type Task } from '../../core/task'
import { combineFrames } from '../../science/calibration/combine-frames'
import { flatScale, normaliseFlat } from '../../science/calibration/scale-flat'
import { median } from '../../science/math/median'
import { robustDeviation } from '../../science/math/statistics'
import { parseIsoUtc } from '../../science/time/iso-utc'
import { SECONDS_PER_DAY } from '../../core/units'
import type { PlannedMaster } from '../plan-masters'
import type { FrameSource } from '../frame-source'
import { skip, type StepDefinition } from '../step'

/** Strips are sized so that all frames of one strip stay below this; peak memory is then independent of their number. */
const STRIP_BYTES = 192 * 1024 * 1024

interface Input {
  readonly plan: PlannedMaster
  readonly exposures: readonly ExposureRecord[]
  readonly bias: Image | null
  readonly dark: Image | null
  readonly frames: FrameSource
}

interface Output {
  readonly data: Float32Array
  readonly uncertainty: Float32Array
  readonly rejectedFraction: number
  readonly warnings: readonly string[]
}

/** Takes bias and scaled dark off a run of rows, in place: the rows belong to the caller. */
const subtractMasters = (rows: Float32Array, first: number, input: Input, frame: number): void => {
  const bias = input.bias?.data
  const dark = input.dark?.data
  const factor = input.plan.darkFactors[frame] ?? 1
  if (bias === undefined && dark === undefined) return
  for (let index = 0; index < rows.length; index++) {
    const at = first + index
    rows[index] =
      (rows[index] ?? NaN) - (bias?.[at] ?? 0) - (dark === undefined ? 0 : factor * (dark[at] ?? NaN))
  }
}

/** One scale for each flat, 1 / its level after bias and dark: twilight fades, and only the shape is wanted. */
const measureScales = async (input: Input, task: Task): Promise<number[] | null> => {
  const { plan, exposures, frames } = input
  if (plan.kind !== 'master-flat' && plan.combine.scale !== 'median') return null
  const scales: number[] = []
  for (const [frame, exposure] of exposures.entries()) {
    throwIfAborted(task)
    const image = await frames.raw(exposure)
    subtractMasters(image.data, 0, input, frame)
    const scale = flatScale(image)
    if (scale === null) {
      throw new AsterismError(
        'bad-header',
        `${exposure.name} shows no light after bias and dark, so it is no ${plan.kind.slice(7)}. Exclude it or correct its kind.`,
        { frame: exposure.id },
      )
    }
    scales.push(scale)
  }
  return scales
}

const combineInStrips = async (input: Input, task: Task): Promise<Output> => {
  const { plan, exposures, frames } = input
  const { width, height } = plan.group
  const scales = await measureScales(input, task)
  const data = new Float32Array(width * height)
  const uncertainty = new Float32Array(width * height)
  const rowsPerStrip = Math.max(1, Math.floor(STRIP_BYTES / (4 * width * exposures.length)))
  let kept = 0
  for (let top = 0; top < height; top += rowsPerStrip) {
    throwIfAborted(task)
    const bottom = Math.min(height, top + rowsPerStrip)
    const strips: Float32Array[] = []
    for (const [frame, exposure] of exposures.entries()) {
      const rows = await frames.rawRows(exposure, top, bottom)
      subtractMasters(rows, top * width, input, frame)
      strips.push(rows)
    }
    const combined = combineFrames(strips, { ...plan.combine, scale: 'none' }, scales ?? undefined)
    data.set(combined.data, top * width)
    uncertainty.set(combined.uncertainty, top * width)
    for (const count of combined.count) kept += count
    task.report({ label: 'build-master', done: bottom, total: height })
  }
  const total = width * height * exposures.length
  return { data, uncertainty, rejectedFraction: 1 - kept / total, warnings: warn(input) }
}

const warn = ({ plan, exposures }: Input): string[] => {
  const warnings: string[] = []
  if (exposures.length < 5)
    warnings.push(
      `Made from only ${exposures.length} frame(s): cosmic rays cannot be told apart well below five.`,
    )
  if (plan.kind === 'master-flat' && plan.bias === null)
    warnings.push('No bias was taken off the flats, so the flat field is weaker than it should be.')
  return warnings
}

const middleTime = (exposures: readonly ExposureRecord[]): number | null => {
  const times = exposures.flatMap((exposure) => {
    const facts = effectiveFacts(exposure)
    const start = facts.dateObs === null ? null : parseIsoUtc(facts.dateObs)
    return start === null ? [] : [start + (facts.exposure ?? 0) / 2 / SECONDS_PER_DAY]
  })
  return times.length === 0 ? null : times.reduce((sum, time) => sum + time, 0) / times.length
}

const nameMaster = ({ kind, group }: PlannedMaster): string => {
  const parts = [kind, group.filter, group.exposure === null ? null : `${group.exposure}s`, group.night]
  return `${parts.filter((part) => part !== null && part !== '').join('-')}.fits`
}

const describe = (master: MasterRecord) => ({
  result: {
    master: master.id,
    kind: master.kind,
    frames: master.frames.length,
    ...master.statistics,
    warnings: master.warnings,
  },
  outputs: [master.id],
})

/** Combines the frames of one group into a master: bias first taken off darks, bias and dark off flats, flats scaled to one level. */
export const buildMaster: StepDefinition<Input, Output> = {
  name: 'build-master',
  load: async ({ step, workspace, frames }) => {
    const plan = step.parameters as unknown as PlannedMaster
    const known = await workspace.masters.get(plan.id)
    if (known !== undefined && (await workspace.pixels.has(known.bytesId))) return describe(known)
    const exposures = await workspace.exposures.getMany([...plan.frames])
    if (exposures.length < plan.frames.length)
      return skip('Frames of this master are no longer in the workspace.')
    const [bias, dark] = await Promise.all(
      [plan.bias, plan.dark].map((id) => (id === null ? Promise.resolve(null) : frames.master(id))),
    )
    return { plan, exposures, bias: bias ?? null, dark: dark ?? null, frames }
  },
  compute: async (input, task) => {
    const output = await combineInStrips(input, task)
    if (input.plan.kind !== 'master-flat') return output
    const { width, height } = input.plan.group
    const flat = normaliseFlat(
      { width, height, data: output.data },
      { width, height, data: output.uncertainty },
    )
    if (flat === null)
      throw new AsterismError(
        'bad-header',
        'The flats hold no light, so no flat field can be made from them.',
      )
    return { ...output, data: flat.image.data, uncertainty: flat.uncertainty?.data ?? output.uncertainty }
  },
  save: async (
    { data, uncertainty, rejectedFraction, warnings },
    { plan, exposures },
    { step, workspace },
  ) => {
    const bytes = new Uint8Array(data.byteLength * 2)
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    bytes.set(
      new Uint8Array(uncertainty.buffer, uncertainty.byteOffset, uncertainty.byteLength),
      data.byteLength,
    )
    const { width, height } = plan.group
    const master: MasterRecord = {
      id: plan.id,
      kind: plan.kind,
      name: nameMaster(plan),
      order: step.order,
      group: plan.group,
      frames: plan.frames,
      inputs: [...plan.frames, ...[plan.bias, plan.dark].filter((id) => id !== null)],
      combine: plan.combine,
      bytesId: `bytes-${plan.id}`,
      width,
      height,
      unit: plan.kind === 'master-flat' ? '' : 'adu',
      biasSubtracted: plan.bias !== null,
      statistics: {
        median: median(data),
        deviation: robustDeviation(data),
        rejectedFraction,
      },
      jdUtcMid: middleTime(exposures),
      warnings,
      flags: [],
      createdAt: Date.now(),
    }
    // Bytes first: a record never points at pixels that a full disk kept out.
    await workspace.pixels.write(master.bytesId, bytes)
    await workspace.masters.put(master)
    return describe(master)
  },
}
