import { effectiveFacts, type ExposureRecord, type FrameFacts } from '../core/frame'
import type { MasterGroup, CombinedMasterKind } from '../core/master'
import type { MasterChoice } from '../core/reduced'
import { correctedSize, type RawCorrection } from '../core/raw-correction'
import { exposuresAgree } from './group-calibration'
import { findRawMisfit } from './plan-raw'

/** A master that exists or will be made, as far as choosing needs to know it. */
export interface MasterCandidate {
  readonly id: string
  readonly kind: CombinedMasterKind
  readonly group: MasterGroup
  readonly frameCount: number
  /** A dark may be scaled by exposure only when its bias has been taken off. */
  readonly biasSubtracted: boolean
  readonly raw: RawCorrection | null
}

type Frame = Pick<ExposureRecord, 'facts' | 'corrections' | 'width' | 'height'>

export interface MatchOptions {
  /** What is done to a frame before any master; nothing unless given. */
  readonly raw?: (frame: Frame) => RawCorrection | null
  /** Take a dark of another exposure, multiplied; only right when its bias has been taken off. */
  readonly darkScaling: boolean
  readonly maxMasterAgeDays: number
  /** Degrees Celsius by which a dark may be warmer or colder than the light. */
  readonly temperatureTolerance: number
  readonly use: Readonly<Record<'bias' | 'dark' | 'flat', boolean>>
  /** What a person chose: a master id, or 'none'. Wins over every rule. */
  readonly chosen?: Partial<Record<'bias' | 'dark' | 'flat', string>>
}

interface Light {
  readonly facts: FrameFacts
  readonly raw: RawCorrection | null
  /** After trimming. */
  readonly width: number
  readonly height: number
}

const describeLight = (frame: Frame, options: MatchOptions): Light => {
  const raw = options.raw?.(frame) ?? null
  return { facts: effectiveFacts(frame), raw, ...correctedSize(frame, raw) }
}

const sameWord = (first: string, second: string): boolean => first.toLowerCase() === second.toLowerCase()

/** Whole days between two nights named `YYYY-MM-DD+DD`; null when one is not known. */
export const daysBetweenNights = (first: string, second: string): number | null => {
  const a = Date.parse(first.slice(0, 10))
  const b = Date.parse(second.slice(0, 10))
  return Number.isNaN(a) || Number.isNaN(b) ? null : Math.abs(a - b) / 86_400_000
}

/** Frames of bias are not made linear, see `planRaw`. */
const withoutLinearity = (raw: RawCorrection | null, kind: CombinedMasterKind): RawCorrection | null =>
  raw === null || kind !== 'master-bias' ? raw : { ...raw, linearity: null }

/** The first rule that a candidate breaks, in the order in which a person would check; null when it fits. */
const misfit = (light: Light, candidate: MasterCandidate, options: MatchOptions): string | null => {
  const { group, kind } = candidate
  const { facts } = light
  if (!sameWord(group.telescope, facts.telescope) || !sameWord(group.instrument, facts.instrument))
    return 'instrument'
  if (group.width !== light.width || group.height !== light.height) return 'size'
  if (group.binning[0] !== facts.binning[0] || group.binning[1] !== facts.binning[1]) return 'binning'
  if (group.gainSetting !== null && facts.gainSetting !== null && group.gainSetting !== facts.gainSetting)
    return 'gain'
  if (kind === 'master-flat' && !sameWord(group.filter ?? '', facts.filter ?? '')) return 'filter'
  if (kind === 'master-dark') {
    const mayScale = options.darkScaling && candidate.biasSubtracted
    if (!exposuresAgree(group.exposure, facts.exposure) && !mayScale) return 'exposure'
    const warmer = Math.abs((group.temperature ?? 0) - (facts.temperature ?? 0))
    const bothKnown = group.temperature !== null && facts.temperature !== null
    if (bothKnown && warmer > options.temperatureTolerance) return 'temperature'
    // Of a light without its bias such a dark would take the bias a second time.
    if (facts.subtracted === 'bias' && !candidate.biasSubtracted) return 'holds-bias'
  }
  const raw = findRawMisfit(candidate.raw, withoutLinearity(light.raw, kind))
  if (raw !== null) return raw
  const days = daysBetweenNights(group.night, facts.night)
  if (days !== null && days > options.maxMasterAgeDays) return 'age'
  return null
}

const SHORT: Record<CombinedMasterKind, 'bias' | 'dark' | 'flat'> = {
  'master-bias': 'bias',
  'master-dark': 'dark',
  'master-flat': 'flat',
}

/** A dark takes its bias with it. */
const isSubtracted = ({ subtracted }: FrameFacts, kind: 'bias' | 'dark' | 'flat'): boolean =>
  kind !== 'flat' && (subtracted === 'dark' || subtracted === kind)

/** What is to be said of one master for one light. */
export interface MasterVerdict {
  readonly id: string
  /** The first rule that it breaks; null when it fits. */
  readonly breaks: string | null
  /** Whole days between its night and the light's; null when one is not known. */
  readonly days: number | null
  readonly taken: boolean
}

/** Every master of a kind for one light: which is taken, which would do and are further away, and why the others would not. */
export const judgeMasters = (
  exposure: Frame,
  kind: CombinedMasterKind,
  candidates: readonly MasterCandidate[],
  options: MatchOptions,
): MasterVerdict[] => {
  const light = describeLight(exposure, options)
  const taken = chooseMaster(exposure, kind, candidates, options).master
  const verdicts = candidates
    .filter((candidate) => candidate.kind === kind)
    .toSorted(compareCandidates(light))
    .map((candidate) => ({
      id: candidate.id,
      breaks: misfit(light, candidate, options),
      days: daysBetweenNights(candidate.group.night, light.facts.night),
      taken: candidate.id === taken,
    }))
  const rank = ({ taken: isTaken, breaks }: MasterVerdict) => (isTaken ? 0 : breaks === null ? 1 : 2)
  return verdicts.toSorted((a, b) => rank(a) - rank(b))
}

/** Best first: same exposure, then closest night, then most frames; the id breaks ties so that the choice never wavers. */
const compareCandidates =
  (light: Light) =>
  (a: MasterCandidate, b: MasterCandidate): number => {
    const scaled = (candidate: MasterCandidate) =>
      candidate.kind === 'master-dark' && !exposuresAgree(candidate.group.exposure, light.facts.exposure)
        ? 1
        : 0
    const exposureGap = (candidate: MasterCandidate) =>
      scaled(candidate) === 0 ? 0 : Math.abs((candidate.group.exposure ?? 0) - (light.facts.exposure ?? 0))
    const age = (candidate: MasterCandidate) =>
      daysBetweenNights(candidate.group.night, light.facts.night) ?? 0
    return (
      scaled(a) - scaled(b) ||
      age(a) - age(b) ||
      exposureGap(a) - exposureGap(b) ||
      b.frameCount - a.frameCount ||
      (a.id < b.id ? -1 : 1)
    )
  }

/**
 * The master of one kind for one light, and why. Rules in order: instrument, size, binning, gain setting; filter for a
 * flat; exposure (unless scaling was asked for) and temperature for a dark; not older than the limit; then the closest night. What the camera
 * took off is not taken off again, unless a person wants it.
 */
export const chooseMaster = (
  exposure: Frame,
  kind: CombinedMasterKind,
  candidates: readonly MasterCandidate[],
  options: MatchOptions,
): MasterChoice => {
  const short = SHORT[kind]
  const light = describeLight(exposure, options)
  const ofKind = candidates.filter((candidate) => candidate.kind === kind)
  const chosen = options.chosen?.[short]
  if (chosen === 'none' || !options.use[short]) {
    return { kind: short, master: null, reason: 'switched-off', values: {} }
  }
  if (chosen !== undefined) {
    const known = ofKind.find((candidate) => candidate.id === chosen)
    const values = { frames: known?.frameCount ?? null, breaks: known ? misfit(light, known, options) : null }
    return { kind: short, master: chosen, reason: 'chosen-by-person', values }
  }
  if (isSubtracted(light.facts, short)) {
    const { subtracted, pedestal } = light.facts
    return {
      kind: short,
      master: null,
      reason: 'already-subtracted',
      values: { subtracted: subtracted ?? null, pedestal: pedestal ?? null },
    }
  }
  if (ofKind.length === 0) return { kind: short, master: null, reason: 'none-taken', values: {} }

  const misfits: Record<string, number> = {}
  const fitting: MasterCandidate[] = []
  for (const candidate of ofKind) {
    const rule = misfit(light, candidate, options)
    if (rule === null) fitting.push(candidate)
    else misfits[rule] = (misfits[rule] ?? 0) + 1
  }
  const best = fitting.sort(compareCandidates(light))[0]
  if (best === undefined) return { kind: short, master: null, reason: 'none-fits', values: misfits }

  const days = daysBetweenNights(best.group.night, light.facts.night)
  const scaled = kind === 'master-dark' && !exposuresAgree(best.group.exposure, light.facts.exposure)
  return {
    kind: short,
    master: best.id,
    reason: scaled ? 'scaled-by-exposure' : days === 0 || days === null ? 'exact' : 'closest-in-time',
    values: {
      daysApart: days,
      frames: best.frameCount,
      exposure: best.group.exposure,
      lightExposure: light.facts.exposure,
      filter: best.group.filter,
      alternatives: fitting.length - 1,
    },
  }
}
