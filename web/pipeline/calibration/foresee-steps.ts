import { effectiveFacts, type ExposureRecord } from '../../core/frame'
import { formatPixelSection } from '../../core/pixel-section'
import type { Assignment } from '../plan-calibration'
import { CALIBRATION_STEPS, type CalibrationStepId, type Remark } from './calibration-step'
import type { ForeseenCalibration } from './foresee'

export interface StepForecast {
  readonly id: CalibrationStepId
  /** 'off': nobody wants it. 'nothing': it is wanted, and there is nothing for it to do. */
  readonly state: 'does' | 'nothing' | 'off'
  /** What it will do to how many lights, or why it does nothing. */
  readonly lines: readonly Remark[]
}

interface Pair {
  readonly light: ExposureRecord
  readonly assignment: Assignment
}

/** Lights of which the same is to be said, counted; the most common first. */
const countRemarks = <Item>(items: readonly Item[], say: (item: Item) => Remark): Remark[] => {
  const groups = Map.groupBy(items, (item) => JSON.stringify(say(item)))
  return [...groups.values()]
    .toSorted((a, b) => b.length - a.length)
    .flatMap((group) => {
      const [first] = group
      if (first === undefined) return []
      const { code, values } = say(first)
      return [{ code, values: { ...values, count: group.length } }]
    })
}

const remark = (code: string, values: Remark['values'] = {}): Remark => ({ code, values })

type Forecast = (pairs: readonly Pair[], foreseen: ForeseenCalibration) => Omit<StepForecast, 'id'>

/** Each light by itself: a remark where the step does something to it, and a reason where it does not. */
const foreseeEach =
  (
    isWanted: (foreseen: ForeseenCalibration) => boolean,
    say: (pair: Pair, foreseen: ForeseenCalibration) => { readonly does: boolean; readonly line: Remark },
  ): Forecast =>
  (pairs, foreseen) => {
    if (!isWanted(foreseen)) return { state: 'off', lines: [] }
    const said = pairs.map((pair) => say(pair, foreseen))
    const does = said.some((each) => each.does)
    return { state: does ? 'does' : 'nothing', lines: countRemarks(said, ({ line }) => line) }
  }

const does = (code: string, values: Remark['values'] = {}) => ({ does: true, line: remark(code, values) })
const idle = (code: string, values: Remark['values'] = {}) => ({ does: false, line: remark(code, values) })

const foreseeMaster = (kind: 'bias' | 'dark' | 'flat'): Forecast =>
  foreseeEach(
    ({ parameters }) => parameters[kind] !== 'off',
    ({ assignment }, { candidates }) => {
      const choice = assignment.choices.find((each) => each.kind === kind)
      if (choice === undefined) return idle('none-taken')
      if (choice.master === null)
        return idle(choice.reason, {
          rules: choice.reason === 'none-fits' ? Object.keys(choice.values).join(',') : null,
        })
      const master = candidates.get(choice.master)
      const { darkFactor } = assignment.calibration
      return does(choice.reason, {
        frames: master?.frameCount ?? null,
        filter: kind === 'flat' ? (master?.group.filter ?? null) : null,
        exposure: kind === 'dark' ? (master?.group.exposure ?? null) : null,
        night: master?.group.night ?? null,
        days: typeof choice.values['daysApart'] === 'number' ? choice.values['daysApart'] : null,
        factor: kind === 'dark' && darkFactor !== 1 ? darkFactor : null,
      })
    },
  )

/** Where no light is known to lie: the level of the bias, a dark's, the overscan's or the camera's. */
const knowsZero = ({ calibration }: Assignment): boolean =>
  calibration.raw?.overscan != null || calibration.bias !== null || (calibration.pedestal ?? 0) > 0

const FORECASTS: Record<CalibrationStepId, Forecast> = {
  saturation: foreseeEach(
    () => true,
    ({ light }) => {
      const { saturation } = effectiveFacts(light)
      return saturation === null ? idle('unknown') : does('flags', { level: saturation })
    },
  ),
  overscan: foreseeEach(
    ({ parameters }) => parameters.overscan !== 'off',
    ({ assignment, light }, { parameters: { overscan } }) => {
      const plan = assignment.calibration.raw?.overscan ?? null
      if (plan !== null)
        return does(plan.degree === null ? 'each-line' : 'smoothed', {
          section: formatPixelSection(plan.section),
          degree: plan.degree,
        })
      const asked = typeof overscan === 'object' && overscan.section !== undefined
      return asked ? idle('outside', { width: light.width, height: light.height }) : idle('not-named')
    },
  ),
  trim: foreseeEach(
    ({ parameters }) => parameters.trim !== 'off',
    ({ assignment, light }, { parameters: { trim } }) => {
      const plan = assignment.calibration.raw?.trim ?? null
      if (plan !== null)
        return does('cuts', {
          width: plan.x[1] - plan.x[0],
          height: plan.y[1] - plan.y[0],
          fromWidth: light.width,
          fromHeight: light.height,
        })
      if (trim !== 'auto') return idle('outside', { width: light.width, height: light.height })
      return effectiveFacts(light).trim == null ? idle('not-named') : idle('whole')
    },
  ),
  linearity: foreseeEach(
    ({ parameters }) => parameters.linearity != null,
    ({ assignment }, { parameters: { linearity } }) => {
      if (linearity?.coefficients.every((coefficient) => coefficient === 0) !== false) return idle('zero')
      if (!knowsZero(assignment)) return idle('no-zero')
      return does('makes-linear', { terms: linearity.coefficients.length, limit: linearity.limit })
    },
  ),
  bias: foreseeMaster('bias'),
  dark: foreseeMaster('dark'),
  flat: foreseeMaster('flat'),
  electrons: foreseeEach(
    ({ parameters }) => parameters.units === 'electron',
    ({ assignment: { calibration } }) =>
      calibration.gain == null ? idle('unknown') : does('multiplies', { gain: calibration.gain }),
  ),
  channel: foreseeEach(
    ({ parameters }) => parameters.channel !== 'off',
    ({ assignment: { calibration }, light }) =>
      calibration.channel == null
        ? idle('no-mask')
        : does('takes', {
            channel: calibration.channel.name,
            width: light.width >> 1,
            height: light.height >> 1,
          }),
  ),
  badPixels: foreseeEach(
    ({ parameters }) => parameters.badPixels !== 'off',
    ({ assignment: { calibration, choices } }) => {
      const choice = choices.find(({ kind }) => kind === 'bad-pixels')
      if (calibration.badPixels == null || choice === undefined)
        return idle(choice?.reason === 'switched-off' ? 'switched-off' : 'none')
      const days = choice.values['daysApart']
      return does(calibration.badPixels.how, {
        source: choice.reason,
        days: typeof days === 'number' ? days : null,
      })
    },
  ),
  fringe: foreseeEach(
    ({ parameters }) => parameters.fringe !== 'off',
    ({ assignment: { choices } }) => {
      const choice = choices.find(({ kind }) => kind === 'fringe')
      const frames = choice?.values['frames'] ?? null
      if (choice?.master != null)
        return does(choice.reason === 'chosen-by-person' ? 'chosen' : 'made', { frames })
      return idle(choice?.reason === 'switched-off' ? 'switched-off' : 'too-few', { frames })
    },
  ),
  gradient: foreseeEach(
    ({ parameters }) => parameters.gradient !== 'off',
    ({ assignment: { calibration } }) =>
      calibration.sky?.gradient == null
        ? idle('none')
        : does(calibration.sky.gradient.mode, { degree: calibration.sky.gradient.degree }),
  ),
  cosmicRays: foreseeEach(
    ({ parameters }) => parameters.cosmicRays !== 'off',
    ({ assignment: { calibration }, light }) => {
      const { gain, readNoise } = effectiveFacts(light)
      const plan = calibration.cosmicRays
      if (plan == null) return idle('unknown')
      return does(gain === null || readNoise === null ? 'assumed' : 'looks', {
        sigma: plan.sigclip,
        iterations: plan.iterations,
      })
    },
  ),
}

/** Step by step what will be done to the lights, in the order in which it is done. */
export const foreseeSteps = (foreseen: ForeseenCalibration): StepForecast[] => {
  const byId = new Map(foreseen.lights.map((light) => [light.id, light]))
  const pairs = foreseen.assignments.flatMap((assignment): Pair[] => {
    const light = byId.get(assignment.exposure)
    return light === undefined ? [] : [{ light, assignment }]
  })
  return CALIBRATION_STEPS.map((id) => ({ id, ...FORECASTS[id](pairs, foreseen) }))
}
