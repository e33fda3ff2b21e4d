import { describe, expect, it } from 'vitest'
import type { FrameFacts } from '../../../web/core/frame'
import { listCameraSets, listLacks } from '../../../web/pipeline/camera/camera-sets'
import { middleRegion } from '../../../web/pipeline/camera/plan-camera'
import { parseOrder } from '../../../web/pipeline/order-parameters'
import { planOrder } from '../../../web/pipeline/plan'
import { sampleExposure } from '../../storage/sample-records'

const frame = (id: string, facts: Partial<FrameFacts>, size = 200) => {
  const sample = sampleExposure(id)
  return {
    ...sample,
    width: size,
    height: size,
    facts: { ...sample.facts, filter: null, temperature: -5, night: '2020-01-01+02', exposure: 0, ...facts },
  }
}

const bias = (id: string, facts: Partial<FrameFacts> = {}) => frame(id, { kind: 'bias', ...facts })
const dark = (id: string, facts: Partial<FrameFacts> = {}) =>
  frame(id, { kind: 'dark', exposure: 60, ...facts })
const flat = (id: string, facts: Partial<FrameFacts> = {}) =>
  frame(id, { kind: 'flat', exposure: 2, filter: 'R', ...facts })

const plan = (
  exposures: Parameters<typeof planOrder>[0]['exposures'],
  parameters: object = {},
  frames: string[] | null = null,
) => {
  const { order, parameters: parsed } = parseOrder({ request: 'characterise_camera', parameters })
  return planOrder({
    order: 'order-1',
    request: order.request,
    parameters: parsed,
    exposures,
    frames: frames === null ? null : new Set(frames),
    masters: [],
  })
}

describe('the plan for a camera', () => {
  it('has a step for each group, darks and flats after the bias, the report after all', async () => {
    const steps = await plan([
      bias('b1'),
      bias('b2', { temperature: -5.4 }),
      bias('b3', { temperature: -15 }),
      dark('d1'),
      dark('d2', { exposure: 60.2 }),
      dark('d3', { exposure: 300 }),
      flat('f1'),
      flat('f2'),
      flat('f3', { filter: 'V' }),
      frame('light', { kind: 'light' }),
    ])
    expect(steps.map(({ name, frames }) => [name, frames.join(' ')])).toEqual([
      ['measure-bias-frames', 'b1 b2'],
      ['measure-bias-frames', 'b3'],
      ['measure-dark-frames', 'd1 d2'],
      ['measure-dark-frames', 'd3'],
      ['measure-flat-frames', 'f1 f2'],
      ['measure-flat-frames', 'f3'],
      ['map-flat-ratio', 'f2 f1'],
      ['write-camera-report', 'b1 b2 b3 d1 d2 d3 f1 f2 f3'],
    ])
    expect(steps[2]?.after).toEqual([steps[0]?.id, steps[1]?.id])
    expect(steps.at(-1)?.after).toHaveLength(7)
  })

  it('divides each night by the one before it', async () => {
    const steps = await plan([
      bias('b1'),
      flat('f1'),
      flat('f2'),
      flat('g1', { night: '2020-01-05+06' }),
      flat('h1', { night: '2020-01-09+10' }),
    ])
    const maps = steps.filter(({ name }) => name === 'map-flat-ratio')
    expect(maps.map(({ frames }) => frames)).toEqual([
      ['g1', 'f1'],
      ['h1', 'g1'],
    ])
  })

  it('keeps to one filter and temperature where that is wanted', async () => {
    const steps = await plan(
      [bias('b1'), bias('b2', { temperature: -15 }), flat('f1'), flat('f2', { filter: 'V' })],
      { filter: 'v', temperature: -14 },
    )
    expect(steps.at(-1)?.frames).toEqual(['b2', 'f2'])
  })

  it('takes the camera with most frames, and refuses two that were named', async () => {
    const frames = [
      bias('b1', { gainSetting: 1 }),
      bias('b2'),
      bias('b3'),
      bias('small', { binning: [2, 2] }),
    ]
    expect((await plan(frames)).at(-1)?.frames).toEqual(['b2', 'b3'])
    await expect(plan(frames, {}, ['b1', 'b2'])).rejects.toMatchObject({ code: 'bad-order' })
    await expect(plan([frame('light', { kind: 'light' })])).rejects.toMatchObject({ code: 'not-found' })
  })

  it('leaves out what the camera took a dark off itself, and says so where nothing else is there', async () => {
    const raw = [bias('b1'), bias('b2'), dark('d1')]
    const subtracted = dark('d2', { subtracted: 'dark', exposure: 300 })
    expect((await plan([...raw, subtracted])).at(-1)?.frames).toEqual(['b1', 'b2', 'd1'])
    expect(listCameraSets([...raw, subtracted])[0]?.subtracted).toBe(1)
    await expect(plan([subtracted])).rejects.toThrow('took the bias or a dark off')
  })

  it('takes the middle, or the region that it is given if it fits', async () => {
    expect(middleRegion(1024, 600)).toEqual({ left: 312, top: 150, width: 400, height: 300 })
    const steps = await plan([bias('b1')], { region: { x: 10, y: 20, width: 50, height: 40 } })
    expect(steps[0]?.parameters['region']).toEqual({ left: 10, top: 20, width: 50, height: 40 })
    for (const region of [
      { x: 180, y: 0, width: 50, height: 40 },
      { x: 0, y: 0, width: 10, height: 10 },
    ])
      await expect(plan([bias('b1')], { region })).rejects.toMatchObject({ code: 'bad-order' })
  })
})

describe('what is missing', () => {
  const lacks = (frames: Parameters<typeof listCameraSets>[0]) => {
    const [set] = listCameraSets(frames)
    return set === undefined ? null : listLacks(set)
  }

  it('is named before a pixel is read', () => {
    expect(lacks([flat('f1')])).toEqual([
      'bias',
      'flat-pair',
      'flat-exposures',
      'dark-ramp',
      'dark-temperatures',
      'flat-nights',
    ])
    const nights = ['2020-01-01+02', '2020-01-02+03']
    const whole = nights.flatMap((night, index) => [
      ...[1, 2].map((number) => bias(`b${index}${number}`, { night })),
      ...[-5, -15].map((temperature) => dark(`d${index}${temperature}`, { night, temperature })),
      ...[1, 2, 5].flatMap((exposure) =>
        [1, 2].map((number) => flat(`f${index}${exposure}${number}`, { night, exposure })),
      ),
    ])
    expect(lacks(whole)).toEqual([])
    expect(lacks([])).toBeNull()
  })
})
