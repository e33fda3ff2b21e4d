import { hashRecipe, idFromHash } from '../core/ids'
import { effectiveFacts, type ExposureRecord } from '../core/frame'
import { shiftPattern, type BayerPattern } from '../core/colour-channel'
import { placeOnOriginal } from '../core/reduced'
import type { Combine } from '../core/combine'
import { isCombinedKind, type CombinedMasterKind, type MasterRecord } from '../core/master'
import { groupCalibration, type CalibrationGroup } from './group-calibration'
import { chooseMaster, type MasterCandidate, type MatchOptions } from './match-masters'
import type { RawCorrection } from '../core/raw-correction'
import type { OrderParameters } from './order-parameters'
import { planRaw } from './plan-raw'
import type { LevelRule } from './strips/level-rule'
import { parsePixelSection } from '../core/pixel-section'
import { STEP_VERSIONS } from './step-versions'

export interface PlannedMaster {
  readonly id: string
  readonly kind: CombinedMasterKind
  readonly group: CalibrationGroup['group']
  readonly frames: readonly string[]
  readonly combine: Combine
  readonly raw: RawCorrection | null
  readonly bias: string | null
  readonly dark: string | null
  /** The camera took the bias off its frames, or the overscan does. */
  readonly biasGone?: true
  /** ADU that are taken off each frame first; absent: 0 for all. */
  readonly pedestals?: readonly number[]
  /** Of flats of a camera with a colour mask: colours of their first pixels. Each colour is then brought to a level of its own. */
  readonly mosaic?: BayerPattern
  /** How flats are brought to one level, and which of them are left out. */
  readonly flat?: FlatRule
  /** Factor on the dark's pixels for each frame, in the order of `frames`. */
  readonly darkFactors: readonly number[]
}

export interface FlatRule extends LevelRule {
  /** ADU above bias and dark; a null end is open. Null where the order leaves none out but those without light. */
  readonly limits: { readonly least: number | null; readonly most: number | null } | null
  /** Where every flat would be left out by limits that nobody asked for, all are kept. */
  readonly isAutomatic: boolean
}

/** Rules for all lights of an order, or for one of them with what a person chose for it alone. */
export const matchOptions = (parameters: OrderParameters, frame?: string): MatchOptions => ({
  darkScaling: parameters.darkScaling,
  maxMasterAgeDays: parameters.maxMasterAgeDays,
  temperatureTolerance: parameters.temperatureTolerance,
  raw: (light) => planRaw(light, parameters),
  use: { bias: parameters.bias !== 'off', dark: parameters.dark !== 'off', flat: parameters.flat !== 'off' },
  chosen: withoutAuto({
    ...parameters.masters,
    ...(frame === undefined ? {} : parameters.frameMasters[frame]),
  }),
})

/** 'auto' for one frame goes back to the rules where something else holds for all. */
const withoutAuto = (chosen: OrderParameters['masters']): OrderParameters['masters'] =>
  Object.fromEntries(Object.entries(chosen).filter(([, master]) => master !== 'auto'))

const combineOf = (kind: CombinedMasterKind, parameters: OrderParameters): Combine | null => {
  const value = {
    'master-bias': parameters.bias,
    'master-dark': parameters.dark,
    'master-flat': parameters.flat,
  }[kind]
  return value === 'off' ? null : (value as Combine)
}

const asCandidate = (master: PlannedMaster): MasterCandidate => ({
  id: master.id,
  kind: master.kind,
  group: master.group,
  frameCount: master.frames.length,
  biasSubtracted: master.bias !== null || master.biasGone === true,
  raw: master.raw,
})

/** A stored master stays a candidate when the frames that it was made from have left the workspace, or a person chose it. */
const storedCandidates = (
  stored: readonly MasterRecord[],
  exposures: readonly ExposureRecord[],
  parameters: OrderParameters,
): MasterCandidate[] => {
  const present = new Set(exposures.map((exposure) => exposure.id))
  const choices = [parameters.masters, ...Object.values(parameters.frameMasters)]
  const chosen = new Set(choices.flatMap((choice) => Object.values(choice)))
  return stored.flatMap((master) => {
    const { kind } = master
    if (!isCombinedKind(kind)) return []
    if (!chosen.has(master.id) && master.frames.some((frame) => present.has(frame))) return []
    return {
      id: master.id,
      kind,
      group: master.group,
      frameCount: master.frames.length,
      biasSubtracted: master.biasSubtracted,
      raw: master.raw ?? null,
    }
  })
}

const darkFactor = (exposure: ExposureRecord, dark: MasterCandidate | undefined, scaled: boolean): number => {
  const own = effectiveFacts(exposure).exposure
  if (!scaled || own === null || dark?.group.exposure == null || dark.group.exposure <= 0) return 1
  return own / dark.group.exposure
}

/**
 * ADU that were added before a frame was written and that nothing else takes off: a bias frame, and a dark with its bias in it, hold the
 * same pedestal as the light.
 */
export const findPedestal = (
  frame: ExposureRecord,
  {
    bias,
    dark,
  }: { readonly bias: string | null; readonly dark: Pick<MasterCandidate, 'biasSubtracted'> | undefined },
): number => {
  if (bias !== null || dark?.biasSubtracted === false) return 0
  return effectiveFacts(frame).pedestal ?? 0
}

/** Of the saturation: above it a camera is seldom linear, and the brightest pixels of a flat are full. */
const MOST_OF_SATURATION = 0.9

/** Null where a flat is what it always was: brought to its median, none left out. */
const planFlat = (
  { group, frames }: CalibrationGroup,
  { flatLevel, flatRegion, flatLimits }: OrderParameters,
): FlatRule | null => {
  const isAutomatic = flatLimits === 'auto'
  const region = flatRegion === undefined ? null : parsePixelSection(flatRegion)
  const fits = region !== null && region.x[1] <= group.width && region.y[1] <= group.height
  const rule = { method: flatLevel, region: fits ? region : null }
  const saturations = frames.flatMap((frame) => effectiveFacts(frame).saturation ?? [])
  const most = saturations.length === 0 ? null : MOST_OF_SATURATION * Math.min(...saturations)
  const limits =
    flatLimits === 'off'
      ? null
      : flatLimits === 'auto'
        ? most === null
          ? null
          : { least: null, most }
        : { least: flatLimits.least ?? null, most: flatLimits.most ?? null }
  const isPlain = rule.method === 'median' && rule.region === null && limits === null
  return isPlain ? null : { ...rule, limits, isAutomatic }
}

/** The colours of the first pixels of a master flat, where all its frames have the same; null for a camera without a mask. */
const findMosaic = ({ kind, frames, raw }: CalibrationGroup): BayerPattern | null => {
  const patterns = new Set(frames.map((frame) => effectiveFacts(frame).bayerPattern ?? null))
  const [pattern = null] = patterns
  if (kind !== 'master-flat' || patterns.size !== 1 || pattern === null) return null
  return shiftPattern(pattern, placeOnOriginal({ raw }))
}

const planMaster = async (
  group: CalibrationGroup,
  earlier: readonly MasterCandidate[],
  parameters: OrderParameters,
): Promise<PlannedMaster | null> => {
  const combine = combineOf(group.kind, parameters)
  const first = group.frames[0]
  if (combine === null || first === undefined) return null
  // A person's choice is for the lights; the masters themselves follow the rules.
  const options: MatchOptions = { ...matchOptions(parameters), chosen: {} }
  const bias =
    group.kind === 'master-bias' ? null : chooseMaster(first, 'master-bias', earlier, options).master
  const darkChoice =
    group.kind === 'master-flat' ? chooseMaster(first, 'master-dark', earlier, options) : null
  const dark = earlier.find((candidate) => candidate.id === darkChoice?.master)
  const scaled = darkChoice?.reason === 'scaled-by-exposure'
  const { subtracted } = effectiveFacts(first)
  // With the overscan goes the level that the electronics add, and whatever was added to every pixel.
  const hasOverscan = group.raw?.overscan != null
  const pedestals = hasOverscan ? [] : group.frames.map((frame) => findPedestal(frame, { bias, dark }))
  const flat = group.kind === 'master-flat' ? planFlat(group, parameters) : null
  const mosaic = findMosaic(group)
  const recipe = {
    kind: group.kind,
    group: group.group,
    frames: group.frames.map((frame) => frame.id),
    combine,
    bias,
    dark: dark?.id ?? null,
    darkFactors: group.frames.map((frame) => darkFactor(frame, dark, scaled)),
    ...(subtracted === 'bias' || subtracted === 'dark' || hasOverscan ? { biasGone: true as const } : {}),
    ...(flat === null ? {} : { flat }),
    ...(mosaic === null ? {} : { mosaic }),
    // A bias or a dark keeps its pedestal: so it takes that of the lights with it.
    ...(group.kind === 'master-flat' && pedestals.some((pedestal) => pedestal > 0) ? { pedestals } : {}),
  }
  const hash = await hashRecipe({
    step: 'build-master',
    version: STEP_VERSIONS['build-master'],
    ...recipe,
    // A master that needs nothing of it keeps the name that it had before there was such a thing.
    ...(group.raw === null ? {} : { raw: group.raw }),
  })
  return { id: idFromHash('master', hash), ...recipe, raw: group.raw }
}

/**
 * Every master that the calibration frames can give, each named by its recipe before a pixel is read, and all candidates
 * to choose from. Bias first, since darks lose their bias, then darks, since flats lose their dark current.
 */
export const planMasters = async (
  exposures: readonly ExposureRecord[],
  stored: readonly MasterRecord[],
  parameters: OrderParameters,
): Promise<{ planned: PlannedMaster[]; candidates: MasterCandidate[] }> => {
  const groups = groupCalibration(exposures, {
    temperatureTolerance: parameters.temperatureTolerance,
    rawOf: (exposure) => planRaw(exposure, parameters),
  })
  const planned: PlannedMaster[] = []
  const candidates = storedCandidates(stored, exposures, parameters)
  for (const kind of ['master-bias', 'master-dark', 'master-flat'] as const) {
    const made = await Promise.all(
      groups.filter((group) => group.kind === kind).map((group) => planMaster(group, candidates, parameters)),
    )
    for (const master of made) {
      if (master === null) continue
      planned.push(master)
      candidates.push(asCandidate(master))
    }
  }
  return { planned, candidates }
}

/** The masters that are asked for, and those that these in turn are made with. */
export const closeOverMasters = (
  planned: readonly PlannedMaster[],
  wanted: ReadonlySet<string>,
): PlannedMaster[] => {
  const needed = new Set(wanted)
  for (const master of [...planned].reverse()) {
    if (!needed.has(master.id)) continue
    if (master.bias !== null) needed.add(master.bias)
    if (master.dark !== null) needed.add(master.dark)
  }
  return planned.filter((master) => needed.has(master.id))
}
