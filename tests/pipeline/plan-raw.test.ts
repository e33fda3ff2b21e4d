import { describe, expect, it } from 'vitest'
import { correctedSize } from '../../web/core/raw-correction'
import { parseOrder } from '../../web/pipeline/order-parameters'
import { planMasters } from '../../web/pipeline/plan-masters'
import { findRawMisfit, planRaw } from '../../web/pipeline/plan-raw'
import { assignOne } from '../support/assign-one'
import { makeExposure } from '../support/make-exposure'

const parametersOf = (parameters: Record<string, unknown> = {}) =>
  parseOrder({ request: 'calibrate_file_batch', parameters }).parameters

const OVERSCAN = { x: [1000, 1024], y: [0, 1024] } as const
const TRIM = { x: [0, 1000], y: [2, 1022] } as const
const SIZE = { width: 1024, height: 1024 }
const facts = { overscan: OVERSCAN, trim: TRIM }

describe('what is done to a frame before any master', () => {
  it('is nothing where neither header nor order asks for it, so that old recipes keep their names', async () => {
    const light = makeExposure({ kind: 'light' }, SIZE)
    expect(planRaw(light, parametersOf())).toBeNull()
    const { calibration } = await assignOne(light, [], parametersOf())
    expect(Object.keys(calibration).toSorted()).toEqual(['bias', 'dark', 'darkFactor', 'flat'])
  })

  it('follows the header, and the order where it says otherwise', () => {
    const light = makeExposure({ kind: 'light', ...facts }, SIZE)
    const raw = planRaw(light, parametersOf())
    expect(raw).toEqual({
      overscan: { section: OVERSCAN, method: 'median', degree: null },
      trim: TRIM,
      linearity: null,
    })
    expect(correctedSize(light, raw)).toEqual({ width: 1000, height: 1020 })
    expect(planRaw(light, parametersOf({ overscan: 'off', trim: 'off' }))).toBeNull()
    const asked = planRaw(
      light,
      parametersOf({
        overscan: { section: '[1:8,1:1024]', method: 'mean', degree: 2 },
        trim: '[9:1000,1:1024]',
      }),
    )
    expect(asked?.overscan).toEqual({ section: { x: [0, 8], y: [0, 1024] }, method: 'mean', degree: 2 })
    expect(asked?.trim).toEqual({ x: [8, 1000], y: [0, 1024] })
  })

  it('leaves out a section that does not lie in the frame', () => {
    const light = makeExposure({ kind: 'light', ...facts }, { width: 512, height: 512 })
    expect(planRaw(light, parametersOf())).toBeNull()
    expect(() => parametersOf({ trim: 'everything' })).toThrow(/\[x1:x2,y1:y2\]/)
  })

  it('makes masters of the trimmed size, and takes none whose overscan was treated otherwise', async () => {
    const bias = [1, 2, 3].map(() => makeExposure({ kind: 'bias', ...facts }, SIZE))
    const light = makeExposure({ kind: 'light', ...facts }, SIZE)
    const parameters = parametersOf()
    const { planned, candidates } = await planMasters(bias, [], parameters)
    expect(planned[0]?.group).toMatchObject({ width: 1000, height: 1020 })
    const { calibration } = await assignOne(light, candidates, parameters)
    expect(calibration.bias).toBe(planned[0]?.id)
    const other = candidates.map((candidate) => ({
      ...candidate,
      raw: { ...candidate.raw!, overscan: null },
    }))
    const { choices } = await assignOne(light, other, parameters)
    expect(choices[0]).toMatchObject({ master: null, reason: 'none-fits', values: { overscan: 1 } })
  })

  it('is no reason against a bias that nothing was made linear in', () => {
    const linearity = { coefficients: [1e-6], limit: 40_000 }
    expect(findRawMisfit({ overscan: null, trim: null, linearity }, null)).toBe('linearity')
    const bias = makeExposure({ kind: 'bias' }, SIZE)
    expect(planRaw(bias, parametersOf({ linearity }))).toBeNull()
  })

  it('gives electrons only where the gain is known, and one colour only behind a mask of colours', async () => {
    const parameters = parametersOf({ units: 'electron', channel: 'green' })
    const plain = await assignOne(makeExposure({ kind: 'light', gain: null }, SIZE), [], parameters)
    expect(plain.calibration.gain).toBeUndefined()
    expect(plain.calibration.channel).toBeUndefined()
    const colour = makeExposure(
      { kind: 'light', gain: 1.5, bayerPattern: 'RGGB', trim: { x: [1, 1024], y: [0, 1024] } },
      SIZE,
    )
    const { calibration } = await assignOne(colour, [], parameters)
    expect(calibration.gain).toBe(1.5)
    // One column further on a row of R G begins with G.
    expect(calibration.channel).toEqual({
      name: 'green',
      places: [
        [0, 0],
        [1, 1],
      ],
    })
  })
})
