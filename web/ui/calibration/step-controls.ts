import { COLOUR_CHANNELS } from '../../core/colour-channel'
import { parsePixelSection } from '../../core/pixel-section'
import type { CalibrationStepId } from '../../pipeline/calibration/calibration-step'
import {
  CALIBRATION_DEFAULTS,
  type CalibrationChoices,
  type CalibrationParameters,
} from '../../pipeline/calibration/choices'
import type { TermId } from '../kit/term'
import { listCombineFields } from './combine-fields'
import type { Field } from './parameter-field'

/** One line of the panel. A new parameter is a field here, and a new step a line. */
export interface StepControl {
  readonly id: CalibrationStepId
  readonly term: TermId
  /** Always there, also for somebody who sees this for the first time. */
  readonly main: boolean
  /** Null for what is always done. */
  readonly toggle: {
    readonly isOn: (parameters: CalibrationParameters) => boolean
    readonly turn: (on: boolean) => CalibrationChoices
  } | null
  readonly keys: readonly (keyof CalibrationParameters)[]
  readonly basic: readonly Field[]
  readonly advanced: readonly Field[]
}

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

const OVERSCAN_FIELDS: readonly Field[] = [
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

const TRIM_FIELD: Field = {
  id: 'trimSection',
  kind: 'text',
  placeholder: '[33:1056,1:1024]',
  isValid: isSection,
  read: ({ trim }) => (trim === 'auto' || trim === 'off' ? '' : trim),
  write: (text) => ({ trim: text === '' ? 'auto' : text }),
}

/** Where the camera's full range of 16 bits ends, less the room that its level needs. */
const USUAL_LIMIT = 60_000

const parseNumbers = (text: string): number[] =>
  text
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map(Number)

const LINEARITY_FIELDS: readonly Field[] = [
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

const AGE_FIELD: Field = {
  id: 'maxMasterAgeDays',
  kind: 'number',
  unit: 'd',
  least: 0,
  most: 36_500,
  read: (parameters) => parameters.maxMasterAgeDays,
  write: (maxMasterAgeDays) => ({ maxMasterAgeDays }),
}

const DARK_FIELDS: readonly Field[] = [
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

const FLAT_FIELDS: readonly Field[] = [
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

const badPixelLimit = (id: 'badPixelHot' | 'badPixelFlat', key: 'hot' | 'flat'): Field => ({
  id,
  kind: 'number',
  unit: 'σ',
  least: 3,
  most: 1000,
  read: ({ badPixelLimits }) => badPixelLimits[key],
  write: (value, { badPixelLimits }) => ({ badPixelLimits: { ...badPixelLimits, [key]: value } }),
})

const masterControl = (
  id: 'bias' | 'dark' | 'flat',
  keys: StepControl['keys'],
  basic: readonly Field[],
  advanced: readonly Field[] = [],
): StepControl => ({
  id,
  term: id,
  main: true,
  toggle: {
    isOn: (parameters) => parameters[id] !== 'off',
    turn: (on) => ({ [id]: on ? CALIBRATION_DEFAULTS[id] : 'off' }),
  },
  keys: [id, ...keys],
  basic: [...basic, AGE_FIELD],
  advanced: [...listCombineFields(id), ...advanced],
})

export const STEP_CONTROLS: readonly StepControl[] = [
  { id: 'saturation', term: 'saturation', main: false, toggle: null, keys: [], basic: [], advanced: [] },
  {
    id: 'overscan',
    term: 'overscan',
    main: true,
    toggle: {
      isOn: ({ overscan }) => overscan !== 'off',
      turn: (on) => ({ overscan: on ? 'auto' : 'off' }),
    },
    keys: ['overscan'],
    basic: [],
    advanced: OVERSCAN_FIELDS,
  },
  {
    id: 'trim',
    term: 'trim',
    main: false,
    toggle: { isOn: ({ trim }) => trim !== 'off', turn: (on) => ({ trim: on ? 'auto' : 'off' }) },
    keys: ['trim'],
    basic: [],
    advanced: [TRIM_FIELD],
  },
  {
    id: 'linearity',
    term: 'linearity',
    main: false,
    toggle: {
      isOn: ({ linearity }) => linearity != null,
      turn: (on) => ({ linearity: on ? { coefficients: [0], limit: USUAL_LIMIT } : null }),
    },
    keys: ['linearity'],
    basic: LINEARITY_FIELDS,
    advanced: [],
  },
  masterControl('bias', [], []),
  masterControl('dark', ['darkScaling', 'temperatureTolerance'], DARK_FIELDS),
  masterControl('flat', ['flatLevel', 'flatRegion', 'flatLimits'], [], FLAT_FIELDS),
  {
    id: 'electrons',
    term: 'gain',
    main: false,
    toggle: {
      isOn: ({ units }) => units === 'electron',
      turn: (on) => ({ units: on ? 'electron' : 'adu' }),
    },
    keys: ['units'],
    basic: [],
    advanced: [],
  },
  {
    id: 'channel',
    term: 'colourMask',
    main: false,
    toggle: {
      isOn: ({ channel }) => channel !== 'off',
      turn: (on) => ({ channel: on ? 'green' : 'off' }),
    },
    keys: ['channel'],
    basic: [
      {
        id: 'channel',
        kind: 'choice',
        options: COLOUR_CHANNELS,
        isShown: ({ channel }) => channel !== 'off',
        read: ({ channel }) => channel,
        write: (channel) => ({ channel: channel as CalibrationParameters['channel'] }),
      },
    ],
    advanced: [],
  },
  {
    id: 'badPixels',
    term: 'bad-pixels',
    main: true,
    toggle: {
      isOn: ({ badPixels }) => badPixels !== 'off',
      turn: (on) => ({ badPixels: on ? 'interpolate' : 'off' }),
    },
    keys: ['badPixels', 'badPixelLimits'],
    basic: [
      {
        id: 'badPixels',
        kind: 'choice',
        options: ['interpolate', 'mask'],
        read: ({ badPixels }) => badPixels,
        write: (how) => ({ badPixels: how as CalibrationParameters['badPixels'] }),
      },
    ],
    advanced: [badPixelLimit('badPixelHot', 'hot'), badPixelLimit('badPixelFlat', 'flat')],
  },
  {
    id: 'cosmicRays',
    term: 'cosmicRay',
    main: true,
    toggle: {
      isOn: ({ cosmicRays }) => cosmicRays !== 'off',
      turn: (on) => ({ cosmicRays: on ? 'lacosmic' : 'off' }),
    },
    keys: ['cosmicRays'],
    basic: [],
    advanced: [],
  },
]
