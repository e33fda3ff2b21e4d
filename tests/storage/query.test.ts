import 'fake-indexeddb/auto'
import { beforeAll, afterAll, describe, expect, it } from 'vitest'
import { flagBit } from '../../web/core/flags'
import type { PhotometryFrameRecord } from '../../web/core/photometry'
import { IDENTITY_TRANSFORM } from '../../web/core/transform'
import { TABLE_NAMES } from '../../web/core/work-order'
import { queryTable } from '../../web/storage/query'
import { openWorkspace, type Workspace } from '../../web/storage/workspace'
import { sampleCards, sampleExposure } from './sample-records'
import { sampleCurve } from './sample-curve'

let workspace: Workspace

const frameRecord = (frame: string, jd: number): PhotometryFrameRecord => ({
  id: `phot-${frame}`,
  table: 't1',
  frame,
  exposure: frame.slice(4),
  jd_utc_mid: jd,
  bjd_tdb_mid: null,
  airmass: 1.2,
  x: Float64Array.of(10, 20),
  y: Float64Array.of(11, 21),
  sky: Float64Array.of(100, 101),
  skySigma: Float64Array.of(3, 4),
  peak: Float64Array.of(5000, NaN),
  fwhm: Float64Array.of(3.1, 3.2),
  flags: Uint8Array.of(0, 0, 0, 0, 0, flagBit('edge') | flagBit('saturated')),
  flux: Float64Array.of(1, 2, 3, 4, 5, 6),
  error: Float64Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6),
  inputs: [frame],
})

beforeAll(async () => {
  workspace = await openWorkspace({ name: 'query' })
  const corrected = sampleExposure('c', {
    corrections: { filter: 'V', kind: 'flat' },
    batch: 'batch-2',
    excluded: true,
  })
  await workspace.saveExposures(
    [sampleExposure('a'), sampleExposure('b'), corrected].map((exposure) => ({
      exposure,
      cards: sampleCards,
    })),
  )
  await workspace.removeExposures(['b'])
  await workspace.saveTogether({
    reduced: [
      {
        id: 'red-a',
        stage: 'registered',
        exposure: 'a',
        name: 'a.fits',
        order: 'o1',
        calibration: { bias: 'm1', dark: null, flat: null, darkFactor: 1 },
        choices: [],
        registration: {
          reference: 'red-a',
          transform: IDENTITY_TRANSFORM,
          dx: 1.5,
          dy: -2,
          rotation: 0,
          scale: 1,
          flipped: false,
          matched: 30,
          rms: 0.05,
        },
        width: 4,
        height: 3,
        unit: 'adu',
        inputs: ['a', 'm1'],
        flags: [],
        createdAt: 3,
      },
    ],
    sources: [
      {
        id: 's1',
        frame: 'red-a',
        exposure: 'a',
        order: 'o1',
        x: Float32Array.of(1, 2),
        y: Float32Array.of(3, 4),
        flux: Float32Array.of(9, 8),
        peak: Float32Array.of(7, 6),
        fwhm: Float32Array.of(3, NaN),
        elongation: Float32Array.of(1, 1),
        flags: Uint8Array.of(0, 1),
        quality: { fwhm: 3, elongation: 1, starCount: 2, background: 100, noise: 5 },
        inputs: ['red-a'],
        createdAt: 4,
      },
    ],
    photometry_tables: [
      {
        id: 't1',
        order: 'o1',
        reference: 'red-a',
        stars: [
          { name: 'HAT-P-32', x: 10, y: 11, role: 'target' },
          { name: 'C1', x: 20, y: 21, role: 'comparison' },
        ],
        radii: [3, 4, 5],
        annulus: [8, 12],
        unit: 'electron',
        gain: 1.4,
        readNoise: 7,
        position: null,
        frames: ['red-a', 'red-c'],
        inputs: ['red-a', 'red-c'],
        createdAt: 5,
      },
    ],
    photometry_frames: [frameRecord('red-c', 2458107.2), frameRecord('red-a', 2458107.1)],
    lightcurves: [sampleCurve({ id: 'lc1', table: 't1', order: 'o1', points: 3 })],
    steps: [1, 0].map((index) => ({
      id: `step-${index}`,
      order: 'o1',
      name: 'detect-stars',
      index,
      frames: ['a'],
      parameters: {},
      after: [],
      state: 'done' as const,
      startedAt: 1,
      endedAt: 2,
      attempts: 1,
      failure: null,
      result: {},
      outputs: [],
    })),
    log: [
      { id: 'l2', time: 20, level: 'info', order: null, step: null, message: 'later', context: {} },
      { id: 'l3', time: 10, level: 'error', order: 'o1', step: null, message: 'earlier', context: {} },
    ],
  })
})

afterAll(() => workspace.close())

describe('queries', () => {
  it('answer for every table of the contract, each row with flags and inputs, and all of it goes through JSON', async () => {
    for (const table of TABLE_NAMES) {
      const rows = await queryTable(workspace, table)
      for (const row of rows) {
        expect(Array.isArray(row['flags']), table).toBe(true)
        expect(Array.isArray(row['inputs']), table).toBe(true)
        expect(JSON.parse(JSON.stringify(row)), table).toEqual(row)
      }
    }
    await expect(queryTable(workspace, 'toString' as never)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('give exposures with what a person corrected, without the removed ones', async () => {
    const rows = await queryTable(workspace, 'exposures')
    expect(rows.map((row) => [row['id'], row['kind'], row['filter'], row['flags']])).toEqual([
      ['a', 'light', 'R', []],
      ['c', 'flat', 'V', ['excluded']],
    ])
    expect(rows[0]).toMatchObject({ exposure: 30, night: '2017-12-19+20', readNoise: 7, binning: [1, 1] })
    expect(await queryTable(workspace, 'exposures', { id: 'b' })).toEqual([])
    expect(
      await queryTable(workspace, 'exposures', { batch: 'batch-2', kind: ['dark', 'flat'] }),
    ).toHaveLength(1)
    expect(await queryTable(workspace, 'exposures', { filter: undefined, kind: 'light' })).toHaveLength(1)
    expect(await queryTable(workspace, 'exposures', { nonsense: 1 })).toEqual([])
  })

  it('count an epoch for each telescope and night', async () => {
    expect(await queryTable(workspace, 'epochs')).toMatchObject([
      {
        telescope: 'Hyde',
        night: '2017-12-19+20',
        frames: 2,
        light: 1,
        flat: 1,
        excluded: 1,
        filters: ['R', 'V'],
      },
    ])
  })

  it('give a photometry row for each star, frame and radius, in time order', async () => {
    const rows = await queryTable(workspace, 'photometry', { table: 't1' })
    expect(rows).toHaveLength(2 * 2 * 3)
    expect(rows[0]).toEqual({
      table: 't1',
      order: 'o1',
      measurement: 'phot-red-a',
      frame: 'red-a',
      exposure: 'a',
      star: 'HAT-P-32',
      role: 'target',
      radius: 3,
      x: 10,
      y: 11,
      flux: 1,
      flux_error: 0.1,
      sky: 100,
      sky_sigma: 3,
      peak: 5000,
      fwhm: 3.1,
      airmass: 1.2,
      jd_utc_mid: 2458107.1,
      bjd_tdb_mid: null,
      unit: 'electron',
      flags: [],
      inputs: ['red-a'],
    })
    const one = await queryTable(workspace, 'photometry', {
      table: 't1',
      star: 'C1',
      radius: 5,
      frame: 'red-c',
    })
    expect(one).toMatchObject([{ flux: 6, flux_error: 0.6, peak: null, flags: ['saturated', 'edge'] }])
    expect(await queryTable(workspace, 'photometry', { order: 'o2' })).toEqual([])
  })

  it('give sources, curves, recipes and work', async () => {
    expect(await queryTable(workspace, 'sources', { frame: ['red-a'] })).toMatchObject([
      { star: 0, x: 1, fwhm: 3, flags: [] },
      { star: 1, x: 2, fwhm: null, flags: ['saturated'] },
    ])
    const points = await queryTable(workspace, 'lightcurves', { lightcurve: 'lc1' })
    expect(points).toHaveLength(3)
    expect(points[1]).toMatchObject({ lightcurve: 'lc1', frame: 'red-1', table: 't1', unit: 'electron' })
    expect(await queryTable(workspace, 'reduced')).toMatchObject([
      { id: 'red-a', bias: 'm1', dx: 1.5, matched: 30, filter: 'R', inputs: ['a', 'm1'] },
    ])
    expect((await queryTable(workspace, 'steps', { order: 'o1' })).map((row) => row['index'])).toEqual([0, 1])
    expect((await queryTable(workspace, 'log')).map((row) => row['message'])).toEqual(['earlier', 'later'])
    expect(await queryTable(workspace, 'log', { order: null })).toHaveLength(1)
  })
})
