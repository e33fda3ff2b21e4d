import { COLOUR_CHANNELS } from '../../core/colour-channel'
import type { CalibrationStepId } from '../../pipeline/calibration/calibration-step'
import {
  CALIBRATION_DEFAULTS,
  type CalibrationChoices,
  type CalibrationParameters,
} from '../../pipeline/calibration/choices'
import type { TermId } from '../kit/term'
import { listCombineFields } from './combine-fields'
import type { Field } from './parameter-field'
import {
  AGE_FIELD,
  badPixelLimit,
  DARK_FIELDS,
  FLAT_FIELDS,
  GRADIENT_FIELDS,
  LINEARITY_FIELDS,
  OVERSCAN_FIELDS,
  TRIM_FIELD,
  USUAL_LIMIT,
} from './step-fields'

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
    id: 'fringe',
    term: 'fringe',
    main: false,
    toggle: { isOn: ({ fringe }) => fringe !== 'off', turn: (on) => ({ fringe: on ? 'lights' : 'off' }) },
    keys: ['fringe'],
    basic: [],
    advanced: [],
  },
  {
    id: 'gradient',
    term: 'gradient',
    main: false,
    toggle: {
      isOn: ({ gradient }) => gradient !== 'off',
      turn: (on) => ({ gradient: on ? { degree: 1, mode: 'subtract' } : 'off' }),
    },
    keys: ['gradient'],
    basic: GRADIENT_FIELDS,
    advanced: [],
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
