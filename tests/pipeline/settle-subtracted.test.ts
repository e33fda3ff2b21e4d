import { describe, expect, it } from 'vitest'
import { effectiveFacts } from '../../web/core/frame'
import { parseOrder } from '../../web/pipeline/order-parameters'
import { planMasters } from '../../web/pipeline/plan-masters'
import { settleSubtracted } from '../../web/pipeline/settle-subtracted'
import { assignOne } from '../support/assign-one'
import { makeExposure } from '../support/make-exposure'

const level = (low: number, median = low + 40, deviation = 20) => ({ level: { low, median, deviation } })
const bias = () => makeExposure({ kind: 'bias', exposure: 0 }, level(960, 1000))

const subtractedOf = (exposures: Parameters<typeof settleSubtracted>[0]) =>
  settleSubtracted(exposures).map((exposure) => effectiveFacts(exposure).subtracted ?? null)

describe('what the camera took off already', () => {
  it('is told by pixels far below the bias of the same camera, and only by those', () => {
    const frames = [
      bias(),
      bias(),
      makeExposure({}, level(64)),
      // A sky so bright that nothing of it lies below the bias: nobody can tell.
      makeExposure({}, level(3000)),
      makeExposure({}, level(1010)),
      makeExposure({ instrument: 'Other' }, level(64)),
      makeExposure({ binning: [2, 2] }, level(64)),
      makeExposure(),
    ]
    expect(subtractedOf(frames)).toEqual([null, null, 'dark', null, null, null, null, null])
  })

  it('is not told by the pixels where header or person say something', () => {
    const frames = [
      bias(),
      makeExposure({ subtracted: 'bias' }, level(64)),
      makeExposure({}, { ...level(64), corrections: { subtracted: 'none' } }),
    ]
    expect(subtractedOf(frames)).toEqual([null, 'bias', 'none'])
  })

  it('is not told where the offset of the camera is lost in its noise, nor without bias and darks', () => {
    const small = makeExposure({ kind: 'bias' }, { level: { low: 60, median: 100, deviation: 17 } })
    expect(subtractedOf([small, makeExposure({}, level(0))])).toEqual([null, null])
    expect(subtractedOf([makeExposure({}, level(64))])).toEqual([null])
  })

  it('takes neither bias nor dark off again, but the pedestal, unless a person chooses one', async () => {
    const frames = settleSubtracted([
      bias(),
      makeExposure({ kind: 'dark' }, level(1000)),
      makeExposure({ pedestal: 100 }, level(64)),
      makeExposure({ pedestal: 100 }, level(1200)),
    ])
    const [, , emptied, whole] = frames
    const assign = async (parameters: object, light: typeof emptied) => {
      const { parameters: full } = parseOrder({ request: 'calibrate_file_batch', parameters })
      const { candidates } = await planMasters(frames, [], full)
      const { calibration, choices } = await assignOne(light!, candidates, full)
      return { calibration, reasons: choices.map(({ reason }) => reason), candidates }
    }
    const { calibration, reasons, candidates } = await assign({}, emptied)
    expect(reasons).toEqual(['already-subtracted', 'already-subtracted', 'none-taken'])
    expect(calibration).toMatchObject({ bias: null, dark: null, pedestal: 100 })
    const raw = await assign({}, whole)
    expect(raw.reasons).toEqual(['exact', 'exact', 'none-taken'])
    expect(raw.calibration).not.toHaveProperty('pedestal')
    const chosen = candidates.find(({ kind }) => kind === 'master-dark')?.id
    const forOne = { frameMasters: { [emptied!.id]: { dark: chosen } } }
    expect((await assign(forOne, emptied)).calibration.dark).toBe(chosen)
    expect((await assign({ masters: { dark: 'none' } }, whole)).calibration.dark).toBeNull()
    const backToRules = { masters: { dark: 'none' }, frameMasters: { [whole!.id]: { dark: 'auto' } } }
    expect((await assign(backToRules, whole)).calibration.dark).toBe(raw.calibration.dark)
  })

  it('keeps frames with and without their bias in masters of their own', async () => {
    const frames = settleSubtracted([
      bias(),
      makeExposure({ kind: 'flat', pedestal: 100 }, level(1200, 9000)),
      makeExposure({ kind: 'flat', pedestal: 100 }, level(400, 9000)),
      makeExposure({ kind: 'dark', subtracted: 'dark' }, level(100)),
    ])
    const { parameters } = parseOrder({ request: 'calibrate_file_batch' })
    const { planned } = await planMasters(frames, [], parameters)
    const flats = planned.filter(({ kind }) => kind === 'master-flat')
    expect(flats.map(({ bias: taken, pedestals }) => [taken !== null, pedestals])).toEqual([
      [true, undefined],
      [false, [100]],
    ])
    expect(planned.filter(({ kind }) => kind === 'master-dark')).toEqual([])
  })
})

describe('how warm a dark may be', () => {
  it('is the order’s to say', async () => {
    const frames = [
      makeExposure({ kind: 'dark', temperature: -7 }),
      makeExposure({ kind: 'light', temperature: -10 }),
    ]
    const choose = async (parameters: object) => {
      const { parameters: full } = parseOrder({ request: 'calibrate_file_batch', parameters })
      const { candidates } = await planMasters(frames, [], full)
      return (await assignOne(frames[1]!, candidates, full)).choices.find(({ kind }) => kind === 'dark')
    }
    expect(await choose({})).toMatchObject({ reason: 'none-fits', values: { temperature: 1 } })
    expect(await choose({ temperatureTolerance: 4 })).toMatchObject({ reason: 'exact' })
  })
})
