import type { Combine } from '../../core/combine'
import { effectiveFacts, type ExposureRecord } from '../../core/frame'
import { isCombinedKind, type CombinedMasterKind, type MasterGroup } from '../../core/master'
import { canRejectOne } from '../../science/calibration/can-reject-one'
import { exposuresAgree } from '../group-calibration'
import type { CalibrationStepId, Remark } from './calibration-step'
import type { ForeseenCalibration } from './foresee'

/** Something that looks right and is not: said quietly at the step where it happens. */
export interface Trap extends Remark {
  readonly step: CalibrationStepId
}

const SHORT = { 'master-bias': 'bias', 'master-dark': 'dark', 'master-flat': 'flat' } as const

/** Below this a median of the rest is hardly better known than the outlier is odd. */
const FEW_FRAMES = 5
/** A flat is about 1 by definition. */
const FARTHEST_FLAT_LEVEL = 0.2

interface Made {
  readonly kind: CombinedMasterKind
  readonly group: MasterGroup
  readonly frames: number
  readonly combine: Combine
}

const describe = ({ kind, group, frames }: Made) => ({
  frames,
  night: group.night,
  filter: kind === 'master-flat' ? group.filter : null,
  exposure: kind === 'master-dark' ? group.exposure : null,
})

/** A rule that is to throw outliers out and cannot throw one out of so few frames. */
const findBlunt = (made: Made): Trap[] => {
  const { rejection, method } = made.combine
  const { high, greatest, framesNeeded } = canRejectOne(made.frames, made.combine)
  if (rejection === 'none' || method === 'median' || high || made.frames < 2) return []
  return [
    {
      step: SHORT[made.kind],
      code: rejection === 'sigma-clip' ? 'cannot-reject' : 'rejects-none',
      values: {
        ...describe(made),
        cut: made.combine.high ?? null,
        greatest: greatest === null ? null : Math.floor(100 * greatest) / 100,
        needed: framesNeeded,
      },
    },
  ]
}

const findFew = (made: Made): Trap[] =>
  made.frames >= FEW_FRAMES ? [] : [{ step: SHORT[made.kind], code: 'few-frames', values: describe(made) }]

/** A mean of which nothing is left out keeps every cosmic ray. */
const findUnguarded = (made: Made): Trap[] =>
  made.combine.rejection !== 'none' || made.combine.method === 'median' || made.kind === 'master-bias'
    ? []
    : [{ step: SHORT[made.kind], code: 'keeps-outliers', values: describe(made) }]

/** One pixel in a hundred at 0 was cut off there: noise that goes only upwards lifts every mean, and so the bias level. */
const isCut = ({ level, pixels }: ExposureRecord): boolean =>
  level != null && pixels.bitpix > 0 && level.low === 0 && level.median > 0
const isEmpty = ({ level }: ExposureRecord): boolean => level != null && level.median === 0

/** 16-bit numbers that are read with a sign while they were written without one: what is above 32767 turns negative. */
const isWrapped = ({ level, pixels }: ExposureRecord): boolean =>
  level != null && pixels.bitpix === 16 && pixels.bzero === 0 && level.low < -16_384

const STEP_OF: Partial<Record<string, CalibrationStepId>> = {
  bias: 'bias',
  dark: 'dark',
  flat: 'flat',
  light: 'saturation',
}

const findBadNumbers = (frames: readonly ExposureRecord[]): Trap[] => {
  const tests = [
    ['cut-at-zero', isCut],
    ['all-zero', isEmpty],
    ['wrapped', isWrapped],
  ] as const
  return tests.flatMap(([code, isBad]) => {
    const groups = Map.groupBy(frames.filter(isBad), (frame) => effectiveFacts(frame).kind)
    return [...groups].flatMap(([kind, bad]): Trap[] => {
      const step = STEP_OF[kind]
      const values = { count: bad.length, name: bad[0]?.name ?? null }
      return step === undefined ? [] : [{ step, code, values }]
    })
  })
}

const findDarkTraps = ({ parameters, assignments, candidates, lights }: ForeseenCalibration): Trap[] => {
  const traps: Trap[] = []
  const byId = new Map(lights.map((light) => [light.id, light]))
  const other = assignments.filter(({ exposure, calibration: { dark, darkFactor } }) => {
    const light = byId.get(exposure)
    const own = light === undefined ? null : effectiveFacts(light).exposure
    const of = dark === null ? null : (candidates.get(dark)?.group.exposure ?? null)
    return own !== null && of !== null && darkFactor === 1 && !exposuresAgree(own, of)
  })
  if (other.length > 0) traps.push({ step: 'dark', code: 'other-exposure', values: { count: other.length } })
  const holding = [...candidates.values()].filter(
    ({ kind, biasSubtracted }) => kind === 'master-dark' && !biasSubtracted,
  )
  const without = assignments.filter(({ choices }) =>
    choices.some(
      ({ kind, reason, values }) => kind === 'dark' && reason === 'none-fits' && 'exposure' in values,
    ),
  )
  if (parameters.darkScaling && holding.length > 0 && without.length > 0)
    traps.push({ step: 'dark', code: 'holds-bias', values: { count: without.length, darks: holding.length } })
  return traps
}

const findFlatTraps = ({ masters, stored }: ForeseenCalibration): Trap[] => [
  ...masters
    .filter(
      ({ kind, bias, dark, biasGone }) =>
        kind === 'master-flat' && bias === null && dark === null && biasGone !== true,
    )
    .map(({ group, frames }): Trap => ({
      step: 'flat',
      code: 'flat-with-bias',
      values: { filter: group.filter, night: group.night, frames: frames.length },
    })),
  ...stored
    .filter(
      ({ kind, statistics }) =>
        kind === 'master-flat' && !(Math.abs(statistics.median - 1) <= FARTHEST_FLAT_LEVEL),
    )
    .map(({ group, statistics }): Trap => ({
      step: 'flat',
      code: 'flat-not-normalised',
      values: { filter: group.filter, night: group.night, level: statistics.median },
    })),
]

/** Every trap in what is about to be done, by the step where it lies. */
export const findTraps = (foreseen: ForeseenCalibration): Trap[] => {
  const made: Made[] = [
    ...foreseen.masters.map(({ frames, ...rest }) => ({ ...rest, frames: frames.length })),
    ...foreseen.stored.flatMap(({ kind, group, combine, frames }) =>
      isCombinedKind(kind) && combine !== null ? [{ kind, group, combine, frames: frames.length }] : [],
    ),
  ]
  return [
    ...made.flatMap((master) => [...findBlunt(master), ...findUnguarded(master), ...findFew(master)]),
    ...findDarkTraps(foreseen),
    ...findFlatTraps(foreseen),
    ...findBadNumbers(foreseen.frames),
  ]
}
