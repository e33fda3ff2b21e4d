import { describe, expect, it } from 'vitest'
import type { ExposureRecord, FrameFacts } from '../../../web/core/frame'
import type { MasterRecord } from '../../../web/core/master'
import { findTraps } from '../../../web/pipeline/calibration/find-traps'
import { foreseeCalibration } from '../../../web/pipeline/calibration/foresee'
import { foreseeSteps } from '../../../web/pipeline/calibration/foresee-steps'
import { parseOrder } from '../../../web/pipeline/order-parameters'
import { planOrder } from '../../../web/pipeline/plan'
import { makeExposure } from '../../support/make-exposure'

const many = (count: number, facts: Partial<FrameFacts>, record: Partial<ExposureRecord> = {}) =>
  Array.from({ length: count }, () => makeExposure(facts, record))

const bias = many(12, { kind: 'bias', exposure: 0 })
const darks = many(12, { kind: 'dark', exposure: 120 })
const flats = many(12, { kind: 'flat', exposure: 3 })
const lights = many(3, {})

const look = async (
  exposures: readonly ExposureRecord[],
  parameters: Record<string, unknown> = {},
  masters: readonly MasterRecord[] = [],
) => {
  const foreseen = await foreseeCalibration({
    exposures,
    masters,
    lights: exposures.filter(({ facts }) => facts.kind === 'light'),
    parameters: parseOrder({ request: 'calibrate_file_batch', parameters }).parameters,
  })
  const steps = Object.fromEntries(foreseeSteps(foreseen).map((step) => [step.id, step]))
  return { foreseen, steps, traps: findTraps(foreseen).map(({ step, code }) => `${step}: ${code}`) }
}

describe('what an order will do', () => {
  it('is what the order then does: the same frames with the same recipes', async () => {
    const exposures = [...bias, ...darks, ...flats, ...lights]
    const given = { darkScaling: true, units: 'electron', cosmicRays: 'lacosmic' }
    const { foreseen } = await look(exposures, given)
    const steps = await planOrder({
      order: 'o',
      request: 'calibrate_file_batch',
      parameters: parseOrder({ request: 'calibrate_file_batch', parameters: given }).parameters,
      exposures,
      frames: null,
      masters: [],
    })
    const planned = steps.find(({ name }) => name === 'calibrate-frames')?.parameters['assignments']
    expect(foreseen.assignments).toEqual(planned)
    expect(foreseen.masters.map(({ id }) => id)).toEqual(
      steps.filter(({ name }) => name === 'build-master').map(({ parameters }) => parameters['id']),
    )
  })

  it('is said step by step, with the reason where there is nothing to do', async () => {
    const plain = await look([...bias, ...darks, ...flats, ...lights])
    expect(plain.steps['overscan']).toEqual({
      id: 'overscan',
      state: 'nothing',
      lines: [{ code: 'not-named', values: { count: 3 } }],
    })
    expect(plain.steps['dark']).toMatchObject({
      state: 'nothing',
      lines: [{ code: 'none-fits', values: { count: 3, rules: 'exposure' } }],
    })
    expect(plain.steps['electrons']).toMatchObject({ state: 'off', lines: [] })
    const scaled = await look([...bias, ...darks, ...flats, ...lights], {
      darkScaling: true,
      units: 'electron',
    })
    expect(scaled.steps['dark']).toMatchObject({
      state: 'does',
      lines: [{ code: 'scaled-by-exposure', values: { count: 3, factor: 0.5, exposure: 120, frames: 12 } }],
    })
    expect(scaled.steps['electrons']?.lines).toEqual([
      { code: 'multiplies', values: { gain: 1.4, count: 3 } },
    ])
  })

  it('counts lights that differ apart', async () => {
    const other = makeExposure({
      gain: null,
      overscan: { x: [0, 8], y: [0, 80] },
      trim: { x: [8, 100], y: [0, 80] },
    })
    const { steps } = await look([...lights, other], { units: 'electron' })
    expect(steps['electrons']?.lines).toEqual([
      { code: 'multiplies', values: { gain: 1.4, count: 3 } },
      { code: 'unknown', values: { count: 1 } },
    ])
    expect(steps['overscan']).toMatchObject({ state: 'does' })
    expect(steps['overscan']?.lines.at(-1)).toEqual({
      code: 'each-line',
      values: { section: '[1:8,1:80]', degree: null, count: 1 },
    })
    expect(steps['trim']?.lines.at(-1)?.values).toMatchObject({ width: 92, height: 80, fromWidth: 100 })
  })

  it('knows bad pixels from dark and flat, and without those from nothing', async () => {
    const sixty = many(12, { kind: 'dark', exposure: 60 })
    const given = { badPixels: 'interpolate' }
    expect((await look([...bias, ...sixty, ...lights], given)).steps['badPixels']).toMatchObject({
      state: 'does',
      lines: [{ code: 'interpolate', values: { source: 'exact', count: 3 } }],
    })
    expect((await look([...bias, ...lights], given)).steps['badPixels']).toMatchObject({
      state: 'nothing',
      lines: [{ code: 'none', values: { count: 3 } }],
    })
  })

  it('does not promise linearity where no level of no light is known', async () => {
    const linearity = { coefficients: [-1e-6], limit: 50_000 }
    expect((await look(lights, { linearity })).steps['linearity']?.lines[0]?.code).toBe('no-zero')
    expect((await look([...bias, ...lights], { linearity })).steps['linearity']?.lines[0]?.code).toBe(
      'makes-linear',
    )
    const zero = { coefficients: [0], limit: 50_000 }
    expect((await look([...bias, ...lights], { linearity: zero })).steps['linearity']?.state).toBe('nothing')
  })
})

describe('traps', () => {
  const std5 = {
    method: 'mean',
    rejection: 'sigma-clip',
    low: 5,
    high: 5,
    center: 'median',
    deviation: 'std',
  }

  it('a good night has none', async () => {
    const sixty = many(12, { kind: 'dark', exposure: 60 })
    expect((await look([...bias, ...sixty, ...flats, ...lights])).traps).toEqual([])
  })

  it('a rule that can reject nothing is told until there are frames enough', async () => {
    const sixty = many(12, { kind: 'dark', exposure: 60 })
    const { traps, foreseen } = await look([...bias, ...sixty, ...lights], { dark: std5 })
    expect(traps).toContain('dark: cannot-reject')
    const trap = findTraps(foreseen).find(({ code }) => code === 'cannot-reject')
    expect(trap?.values).toMatchObject({ frames: 12, cut: 5, needed: 24 })
    // Twelve values, one of which is 1: none lies farther than 12 / sqrt(11) = 3.62 deviations from the median when all others are equal.
    expect(trap?.values['greatest']).toBeGreaterThanOrEqual(3.61)
    expect(trap?.values['greatest']).toBeLessThan(5)
    const enough = many(24, { kind: 'dark', exposure: 60 })
    expect((await look([...bias, ...enough, ...lights], { dark: std5 })).traps).toEqual([])
  })

  it('masters of few frames, and means that keep everything', async () => {
    const few = many(3, { kind: 'flat', exposure: 3 })
    const keep = { method: 'mean', rejection: 'none' }
    expect((await look([...bias, ...few, ...lights], { flat: keep })).traps).toEqual([
      'flat: keeps-outliers',
      'flat: few-frames',
    ])
  })

  it('flats with their bias in them, and darks that cannot be scaled for theirs', async () => {
    const { traps } = await look([...darks, ...flats, ...lights], { darkScaling: true })
    expect(traps).toEqual(['dark: holds-bias', 'flat: flat-with-bias'])
    expect((await look([...bias, ...darks, ...flats, ...lights], { darkScaling: true })).traps).toEqual([])
  })

  it('a dark of another exposure that a person chose, and a stored flat that is not about 1', async () => {
    const { foreseen } = await look([...bias, ...darks, ...lights], { darkScaling: true })
    const dark = foreseen.masters.find(({ kind }) => kind === 'master-dark')
    const stored = (changes: Partial<MasterRecord>): MasterRecord =>
      ({
        id: 'master-old',
        kind: 'master-flat',
        group: { ...dark?.group, filter: 'R', exposure: null },
        frames: Array.from({ length: 12 }, (_, index) => `gone-${index}`),
        combine: { method: 'median', rejection: 'none' },
        statistics: { median: 1, deviation: 0.01, rejectedFraction: 0 },
        biasSubtracted: true,
        ...changes,
      }) as MasterRecord
    const good = await look([...bias, ...lights], {}, [stored({})])
    expect(good.traps).toEqual([])
    const bad = await look([...bias, ...lights], {}, [
      stored({ statistics: { median: 31_000, deviation: 200, rejectedFraction: 0 } }),
    ])
    expect(bad.traps).toEqual(['flat: flat-not-normalised'])
    const chosen = await look([...bias, ...lights], { masters: { dark: 'master-dark-old' } }, [
      stored({
        id: 'master-dark-old',
        kind: 'master-dark',
        group: { ...(dark?.group ?? stored({}).group), exposure: 300 },
      }),
    ])
    expect(chosen.traps).toEqual(['dark: other-exposure'])
  })

  it('numbers that were cut off or wrapped when the file was written', async () => {
    const level = { low: 0, median: 12, deviation: 5 }
    const cut = makeExposure({}, { level })
    const wrapped = makeExposure({}, { level: { low: -32_000, median: 900, deviation: 30 } })
    const signed = { ...wrapped, pixels: { ...wrapped.pixels, bzero: 0 } }
    const { traps } = await look([...bias, cut, wrapped])
    expect(traps).toEqual(['saturation: cut-at-zero'])
    expect((await look([...bias, signed])).traps).toEqual(['saturation: wrapped'])
    const empty = makeExposure({ kind: 'bias', exposure: 0 }, { level: { low: 0, median: 0, deviation: 0 } })
    expect((await look([...bias, empty, ...lights])).traps).toEqual(['bias: all-zero'])
  })
})
