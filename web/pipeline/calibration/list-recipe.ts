import { formatPixelSection } from '../../core/pixel-section'
import type { CalibrationRecipe } from '../../core/reduced'
import type { CalibrationStepId, Remark } from './calibration-step'

/** One step of what was done to a calibrated frame. */
export interface RecipeStep extends Remark {
  readonly step: CalibrationStepId | 'pedestal'
  /** The master that it took. */
  readonly master: string | null
}

/** What was done to a frame, with the parameters and in the order in which it was done; what was not done is not in it. */
export const listRecipe = ({
  raw,
  bias,
  dark,
  flat,
  darkFactor,
  pedestal = 0,
  gain,
  channel,
  badPixels,
  sky,
  cosmicRays,
}: CalibrationRecipe): RecipeStep[] => {
  const steps: RecipeStep[] = []
  const add = (
    step: RecipeStep['step'],
    code: string,
    values: Remark['values'] = {},
    master: string | null = null,
  ) => steps.push({ step, code, values, master })
  if (raw?.overscan != null) {
    const { section, method, degree } = raw.overscan
    const values = { section: formatPixelSection(section), method, degree }
    add('overscan', degree === null ? 'each-line' : 'smoothed', values)
  }
  if (raw?.trim != null) add('trim', 'cut', { section: formatPixelSection(raw.trim) })
  if (raw?.linearity != null)
    add('linearity', 'made-linear', {
      coefficients: raw.linearity.coefficients.join(', '),
      limit: raw.linearity.limit,
    })
  if (pedestal !== 0) add('pedestal', 'taken', { level: pedestal })
  if (bias !== null) add('bias', 'taken', {}, bias)
  if (dark !== null) add('dark', darkFactor === 1 ? 'taken' : 'scaled', { factor: darkFactor }, dark)
  if (flat !== null) add('flat', 'divided', {}, flat)
  if (gain != null) add('electrons', 'multiplied', { gain })
  if (channel != null) add('channel', 'taken', { channel: channel.name, pixels: channel.places.length })
  if (badPixels != null) add('badPixels', badPixels.how, {}, badPixels.map)
  if (sky?.fringe != null) add('fringe', 'taken', {}, sky.fringe)
  if (sky?.gradient != null) add('gradient', sky.gradient.mode, { degree: sky.gradient.degree })
  if (cosmicRays != null) {
    const { sigclip, sigfrac, objlim, iterations } = cosmicRays
    add('cosmicRays', 'filled', { sigclip, sigfrac, objlim, iterations })
  }
  return steps
}

const PLAIN: Record<RecipeStep['step'], (step: RecipeStep) => string> = {
  saturation: () => '',
  overscan: ({ values: { section, method, degree } }) =>
    `${method} of the overscan ${section} taken off${degree === null ? ' line by line' : `, smoothed by a polynomial of degree ${degree}`}`,
  trim: ({ values: { section } }) => `trimmed to ${section}`,
  linearity: ({ values: { coefficients, limit } }) =>
    `made linear: true = m (1 + c1 m + ...) with ${coefficients}, up to ${limit} ADU above the bias`,
  pedestal: ({ values: { level } }) => `a pedestal of ${level} ADU was taken off`,
  bias: ({ master }) => `bias ${master} taken off`,
  dark: ({ master, values: { factor } }) =>
    `dark ${master} taken off${factor === 1 ? '' : `, scaled by ${factor}`}`,
  flat: ({ master }) => `divided by flat ${master}`,
  electrons: ({ values: { gain } }) => `multiplied by ${gain} electrons per ADU`,
  channel: ({ values: { channel, pixels } }) =>
    `pixels of ${channel} alone${pixels === 1 ? '' : ', the mean of two in each cell'}`,
  badPixels: ({ master, code }) =>
    `bad pixels of ${master} ${code === 'mask' ? 'have no value' : 'filled by a line between their neighbours'}`,
  fringe: ({ master }) => `fringes of ${master} scaled to the sky and taken off`,
  gradient: ({ code, values: { degree } }) =>
    `shape of the sky, a polynomial of degree ${degree}, ${code === 'divide' ? 'divided out' : 'taken off'}, its mean kept`,
  cosmicRays: ({ values: { sigclip, sigfrac, objlim, iterations } }) =>
    `cosmic rays filled (L.A.Cosmic, sigclip ${sigclip}, sigfrac ${sigfrac}, objlim ${objlim}, ${iterations} iterations)`,
}

/** The same as English lines for the header of an exported file. */
export const describeRecipe = (recipe: CalibrationRecipe): string[] =>
  listRecipe(recipe).map((step) => PLAIN[step.step](step))
