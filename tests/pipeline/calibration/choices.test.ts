import { expect, it } from 'vitest'
import {
  CALIBRATION_DEFAULTS,
  CALIBRATION_KEYS,
  readChoices,
  replaceCalibration,
  withDefaults,
} from '../../../web/pipeline/calibration/choices'
import { parseOrder } from '../../../web/pipeline/order-parameters'

it('only what differs from the defaults is a choice, whatever the order of its keys', () => {
  const flat = Object.fromEntries(Object.entries(CALIBRATION_DEFAULTS.flat).toReversed())
  expect(readChoices({ ...CALIBRATION_DEFAULTS, flat })).toEqual({})
  expect(readChoices({ ...CALIBRATION_DEFAULTS, units: 'electron', linearity: null })).toEqual({
    units: 'electron',
  })
})

it('what is not known or out of bounds is left out, and the rest stays', () => {
  const given = {
    units: 'electron',
    maxMasterAgeDays: -1,
    bias: { method: 'guess' },
    trim: '[1:2]',
    target: { x: 1, y: 1 },
    masters: { bias: 'none' },
    __proto__: { channel: 'green' },
  }
  expect(readChoices(given)).toEqual({ units: 'electron' })
  for (const nonsense of [null, 3, 'off', [], undefined]) expect(readChoices(nonsense)).toEqual({})
})

it('choices make the parameters of an order, and every parameter of the calibration can be chosen', () => {
  const choices = readChoices({ overscan: { method: 'mean' }, channel: 'green', darkScaling: true })
  const parameters = parseOrder({ request: 'calibrate_file_batch', parameters: choices }).parameters
  for (const key of CALIBRATION_KEYS) expect(parameters[key]).toEqual(withDefaults(choices)[key])
  expect(CALIBRATION_KEYS).toContain('overscan')
  expect(CALIBRATION_KEYS).not.toContain('masters')
})

it('choices take the place of what an order said of the calibration, and of nothing else', () => {
  const parameters = { flat: 'off', units: 'electron', radius: 5, masters: { bias: 'none' } }
  expect(replaceCalibration(parameters, { darkScaling: true })).toEqual({
    radius: 5,
    masters: { bias: 'none' },
    darkScaling: true,
  })
})
