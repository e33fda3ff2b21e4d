import { describe, expect, it } from 'vitest'
import { mapToOriginal, type ReducedRecord } from '../../web/core/reduced'
import { applyTransform } from '../../web/core/transform'
import type { AppState } from '../../web/state/app-state'
import { moveStars, starsOfNextOrder } from '../../web/state/star-grid'
import { chooseShown } from '../../web/ui/stage/choose-shown'
import { makeExposure } from '../support/make-exposure'

const green = { channel: { name: 'green', places: [[0, 0]] } } as const
const trim = { overscan: null, trim: { x: [20, 100], y: [7, 90] }, linearity: null } as const
const stars = {
  target: { x: 101.5, y: 61 },
  comparisons: [{ x: 30, y: 40 }],
  radius: 6,
  annulus: [12, 20],
} as const

const exposure = makeExposure(
  { bayerPattern: 'RGGB', trim: { x: [20, 100], y: [7, 90] } },
  { id: 'light', width: 120, height: 100 },
)
const reducedBy = (calibration: object, stage: 'calibrated' | 'registered' = 'calibrated') =>
  ({
    id: `${stage}-light`,
    stage,
    exposure: 'light',
    registration: stage === 'registered' ? { transform: { a: 1, b: 0, c: 3, d: 0, e: 1, f: -2 } } : null,
    calibration: { bias: null, dark: null, flat: null, darkFactor: 1, ...calibration },
    createdAt: 1,
  }) as unknown as ReducedRecord

const stateWith = (choices: object, reduced: readonly ReducedRecord[]) =>
  ({
    library: { exposures: [exposure], masters: [], reduced, stacks: [], composites: [], curves: [] },
    settings: { crafts: {} },
    sky: { solutions: new Map(), failures: new Map() },
    selection: { night: null },
    orders: { progress: null },
    stars,
    calibration: { choices },
  }) as unknown as AppState

describe('stars that are picked', () => {
  it('stay where they are on the sky when their pixels become other ones, and back', () => {
    const [before, after] = [mapToOriginal({ raw: trim }), mapToOriginal({ raw: trim, ...green })]
    const moved = moveStars(stars, before, after)
    expect(moved.target).toEqual({ x: 50.5, y: 30.25 })
    expect(moved).toMatchObject({ radius: 3, annulus: [6, 10] })
    for (const [from, to] of [
      [stars.target, moved.target],
      [stars.comparisons[0], moved.comparisons[0]],
    ])
      expect(applyTransform(after, to ?? { x: 0, y: 0 })).toEqual(
        applyTransform(before, from ?? { x: 0, y: 0 }),
      )
    expect(moveStars(moved, after, before)).toEqual(stars)
    expect(moveStars({ ...stars, radius: 'best', annulus: null }, before, after)).toMatchObject({
      radius: 'best',
      annulus: null,
    })
  })

  it('go to an order in the pixels that it will make, whatever the frames of now are like', () => {
    const full = [reducedBy({ raw: trim })]
    expect(starsOfNextOrder(stateWith({}, full)).target).toEqual(stars.target)
    expect(starsOfNextOrder(stateWith({ channel: 'green' }, full))).toMatchObject({
      target: { x: 50.5, y: 30.25 },
      radius: 3,
    })
    expect(starsOfNextOrder(stateWith({ trim: 'off' }, full)).target).toEqual({ x: 121.5, y: 68 })
    // Before there are calibrated frames, pixels are those that the choices will give.
    expect(starsOfNextOrder(stateWith({ channel: 'green' }, [])).target).toEqual(stars.target)
  })
})

describe('a frame as it was taken', () => {
  const night = (calibration: object) => ({
    calibrated: new Map([['light', reducedBy(calibration)]]),
    registered: new Map([['light', reducedBy(calibration, 'registered')]]),
  })

  it('has stars where its calibrated pixels lie on it, trimmed and in one colour', () => {
    const shown = chooseShown(night({ raw: trim, ...green }), 'light', 'raw')
    expect(shown.id).toBe('light')
    // (10, 10) on the reference is (13, 8) on the frame, and pixel (13, 8) of green begins at 20 + 26, 7 + 16.
    expect(applyTransform(shown.transform, { x: 10, y: 10 })).toEqual({ x: 46.5, y: 23.5 })
    expect(shown.fromCalibrated.a).toBe(2)
  })

  it('that is not calibrated yet has them where they will be', () => {
    const nothing = { calibrated: new Map(), registered: new Map() }
    const foreseen = mapToOriginal(green)
    expect(chooseShown(nothing, 'light', 'best', foreseen).transform).toEqual(foreseen)
  })

  it('is another thing than the calibrated one, whose pixels are its own', () => {
    const shown = chooseShown(night(green), 'light', 'calibrated')
    expect(applyTransform(shown.transform, { x: 10, y: 10 })).toEqual({ x: 13, y: 8 })
    expect(shown.fromCalibrated.a).toBe(1)
  })
})
