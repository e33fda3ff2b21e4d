import { parsePixelSection } from '../../core/pixel-section'
import { GRADIENT_MODES } from '../../core/reduced'
import type { CalibrationChoices, CalibrationParameters } from '../../pipeline/calibration/choices'
import type { Field } from './parameter-field'

const isSection = (text: string): boolean => text === '' || parsePixelSection(text) !== null

type Overscan = Exclude<CalibrationParameters['overscan'], string>

const overscanOf = ({ overscan }: CalibrationParameters): Overscan =>
  typeof overscan === 'string' ? { method: 'median' } : overscan

/** What says nothing of its own is what header and profile say. */
const setOverscan = (parameters: CalibrationParameters, change: Partial<Overscan>): CalibrationChoices => {
  const { section, method, degree } = { ...overscanOf(parameters), ...change }
  if (section === undefined && method === 'median' && degree == null) return { overscan: 'auto' }
  return { overscan: { ...(section === undefined ? {} : { section }), method, degree: degree ?? null } }
}

const NO_SMOOTHING = 'each-line'

export const OVERSCAN_FIELDS: readonly Field[] = [
  {
    id: 'overscanSection',
    kind: 'text',
    placeholder: '[1:32,1:1024]',
    isValid: isSection,
    read: (parameters) => overscanOf(parameters).section ?? '',
    write: (text, parameters) => {
      const { section: _former, ...others } = overscanOf(parameters)
      return text === ''
        ? setOverscan({ ...parameters, overscan: others }, {})
        : setOverscan(parameters, { section: text })
    },
  },
  {
    id: 'overscanMethod',
    kind: 'choice',
    options: ['median', 'mean'],
    read: (parameters) => overscanOf(parameters).method,
    write: (method, parameters) => setOverscan(parameters, { method: method as Overscan['method'] }),
  },
  {
    id: 'overscanDegree',
    kind: 'choice',
    options: [NO_SMOOTHING, '0', '1', '2', '3', '5', '8'],
    read: (parameters) => String(overscanOf(parameters).degree ?? NO_SMOOTHING),
    write: (degree, parameters) =>
      setOverscan(parameters, { degree: degree === NO_SMOOTHING ? null : Number(degree) }),
  },
]

export const TRIM_FIELD: Field = {
  id: 'trimSection',
  kind: 'text',
  placeholder: '[33:1056,1:1024]',
  isValid: isSection,
  read: ({ trim }) => (trim === 'auto' || trim === 'off' ? '' : trim),
  write: (text) => ({ trim: text === '' ? 'auto' : text }),
}

/** Where the camera's full range of 16 bits ends, less the room that its level needs. */
export const USUAL_LIMIT = 60_000

const parseNumbers = (text: string): number[] =>
  text
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map(Number)

export const LINEARITY_FIELDS: readonly Field[] = [
  {
    id: 'coefficients',
    kind: 'text',
    placeholder: '-1.2e-6, 3e-12',
    isValid: (text) => {
      const numbers = parseNumbers(text)
      return numbers.length >= 1 && numbers.length <= 8 && numbers.every(Number.isFinite)
    },
    read: ({ linearity }) => (linearity?.coefficients ?? [0]).join(', '),
    write: (text, { linearity }) => ({
      linearity: { limit: linearity?.limit ?? USUAL_LIMIT, coefficients: parseNumbers(text) },
    }),
  },
  {
    id: 'linearLimit',
    kind: 'number',
    unit: 'ADU',
    least: 1,
    most: 1e7,
    read: ({ linearity }) => linearity?.limit ?? USUAL_LIMIT,
    write: (limit, { linearity }) => ({
      linearity: { coefficients: linearity?.coefficients ?? [0], limit },
    }),
  },
]

export const AGE_FIELD: Field = {
  id: 'maxMasterAgeDays',
  kind: 'number',
  unit: 'd',
  least: 0,
  most: 36_500,
  read: (parameters) => parameters.maxMasterAgeDays,
  write: (maxMasterAgeDays) => ({ maxMasterAgeDays }),
}

export const DARK_FIELDS: readonly Field[] = [
  {
    id: 'darkScaling',
    kind: 'switch',
    read: (parameters) => parameters.darkScaling,
    write: (darkScaling) => ({ darkScaling }),
  },
  {
    id: 'temperatureTolerance',
    kind: 'number',
    unit: '°C',
    least: 0,
    most: 100,
    read: (parameters) => parameters.temperatureTolerance,
    write: (temperatureTolerance) => ({ temperatureTolerance }),
  },
]

type FlatLimits = Exclude<CalibrationParameters['flatLimits'], string>

const FLAT_LIMITS: FlatLimits = { least: 0, most: 60_000 }

const limitField = (id: 'flatLeast' | 'flatMost', end: keyof FlatLimits): Field => ({
  id,
  kind: 'number',
  unit: 'ADU',
  least: id === 'flatMost' ? 1 : 0,
  most: 1e7,
  isShown: ({ flatLimits }) => typeof flatLimits === 'object',
  read: ({ flatLimits }) => (typeof flatLimits === 'object' ? (flatLimits[end] ?? FLAT_LIMITS[end] ?? 0) : 0),
  write: (value, { flatLimits }) => ({
    flatLimits: { ...(typeof flatLimits === 'object' ? flatLimits : FLAT_LIMITS), [end]: value },
  }),
})

export const FLAT_FIELDS: readonly Field[] = [
  {
    id: 'flatLevel',
    kind: 'choice',
    options: ['median', 'mode'],
    read: ({ flatLevel }) => flatLevel,
    write: (value) => ({ flatLevel: value as CalibrationParameters['flatLevel'] }),
  },
  {
    id: 'flatRegion',
    kind: 'text',
    placeholder: '[257:768,257:768]',
    isValid: isSection,
    read: ({ flatRegion }) => flatRegion ?? '',
    write: (text) => ({ flatRegion: text === '' ? undefined : text }),
  },
  {
    id: 'flatLimits',
    kind: 'choice',
    options: ['auto', 'off', 'own'],
    read: ({ flatLimits }) => (typeof flatLimits === 'string' ? flatLimits : 'own'),
    write: (value) => ({ flatLimits: value === 'auto' || value === 'off' ? value : FLAT_LIMITS }),
  },
  limitField('flatLeast', 'least'),
  limitField('flatMost', 'most'),
]

export const badPixelLimit = (id: 'badPixelHot' | 'badPixelFlat', key: 'hot' | 'flat'): Field => ({
  id,
  kind: 'number',
  unit: 'σ',
  least: 3,
  most: 1000,
  read: ({ badPixelLimits }) => badPixelLimits[key],
  write: (value, { badPixelLimits }) => ({ badPixelLimits: { ...badPixelLimits, [key]: value } }),
})

const readGradient = ({ gradient }: CalibrationParameters) =>
  gradient === 'off' ? ({ degree: 1, mode: 'subtract' } as const) : gradient

export const GRADIENT_FIELDS: readonly Field[] = [
  {
    id: 'gradientMode',
    kind: 'choice',
    options: GRADIENT_MODES,
    read: (parameters) => readGradient(parameters).mode,
    write: (mode, parameters) => ({
      gradient: { ...readGradient(parameters), mode: mode as (typeof GRADIENT_MODES)[number] },
    }),
  },
  {
    id: 'gradientDegree',
    kind: 'number',
    least: 1,
    most: 4,
    read: (parameters) => readGradient(parameters).degree,
    write: (degree, parameters) => ({ gradient: { ...readGradient(parameters), degree } }),
  },
]
