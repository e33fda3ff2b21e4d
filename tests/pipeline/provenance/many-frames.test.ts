import 'fake-indexeddb/auto'
import { expect, it } from 'vitest'
import { partId } from '../../../web/core/provenance'
import { IDENTITY_TRANSFORM } from '../../../web/core/transform'
import { bundleGraph } from '../../../web/pipeline/provenance/bundle-graph'
import { gatherProvenance } from '../../../web/pipeline/provenance/gather-provenance'
import { openWorkspace, type Workspace } from '../../../web/storage/workspace'
import { sampleCurve } from '../../storage/sample-curve'
import { createMemoryPixels } from '../../support/memory-pixels'
import { makeExposure } from '../../support/make-exposure'

const FRAMES = 500

/** Records of a night as an order leaves them, without pixels: 500 lights and 60 frames of calibration. */
const fill = async (workspace: Workspace): Promise<void> => {
  const exposures = Array.from({ length: FRAMES + 60 }, (_, index) =>
    makeExposure({}, { id: `frame-${index}`, sha256: String(index).padStart(64, '0') }),
  )
  await workspace.saveExposures(exposures.map((exposure) => ({ exposure, cards: [] })))
  for (const { pixels } of exposures) await workspace.pixels.write(pixels.bytesId, new Uint8Array(1))
  const numbers = Array.from({ length: FRAMES }, (_, index) => index)
  const calibrated = numbers.map((index) => ({
    id: `calibrated-${index}`,
    stage: 'calibrated' as const,
    exposure: `frame-${index}`,
    name: `frame-${index}.fits`,
    order: 'o',
    calibration: { bias: 'master-0', dark: null, flat: null, darkFactor: 1 },
    choices: [],
    registration: null,
    width: 4,
    height: 4,
    unit: 'adu' as const,
    inputs: [`frame-${index}`, 'master-0'],
    flags: [],
    createdAt: 1,
  }))
  const registration = {
    reference: 'calibrated-0',
    transform: IDENTITY_TRANSFORM,
    dx: 0,
    dy: 0,
    rotation: 0,
    scale: 1,
    flipped: false,
    matched: 30,
    rms: 0.1,
  }
  const stars = Array.from({ length: 80 }, (_, star) => ({
    name: star === 0 ? 'T' : `S${star}`,
    x: star,
    y: star,
    role: star === 0 ? ('target' as const) : ('field' as const),
  }))
  const column = (length: number) => new Float64Array(length)
  const curve = sampleCurve({ id: 'curve-1', table: 'photometry-1', order: 'o', points: FRAMES })
  await workspace.saveTogether({
    masters: [
      {
        id: 'master-0',
        kind: 'master-bias',
        name: 'bias',
        order: 'o',
        group: {
          telescope: 'T',
          instrument: 'C',
          night: '2025-03-01+02',
          filter: null,
          exposure: null,
          binning: [1, 1],
          width: 4,
          height: 4,
          gainSetting: null,
          temperature: null,
        },
        frames: Array.from({ length: 60 }, (_, index) => `frame-${FRAMES + index}`),
        inputs: Array.from({ length: 60 }, (_, index) => `frame-${FRAMES + index}`),
        combine: { method: 'mean', rejection: 'none' },
        bytesId: 'bytes-master-0',
        width: 4,
        height: 4,
        unit: 'adu',
        biasSubtracted: false,
        statistics: { median: 1, deviation: 1, rejectedFraction: 0 },
        jdUtcMid: null,
        warnings: [],
        flags: [],
        createdAt: 1,
      },
    ],
    reduced: [
      ...calibrated,
      ...calibrated.map((frame, index) => ({
        ...frame,
        id: `registered-${index}`,
        stage: 'registered' as const,
        registration,
        inputs: [...new Set([frame.id, 'calibrated-0', `sources-${index}`, 'sources-0'])],
      })),
    ],
    sources: numbers.map((index) => ({
      id: `sources-${index}`,
      frame: `calibrated-${index}`,
      exposure: `frame-${index}`,
      order: 'o',
      x: new Float32Array(300),
      y: new Float32Array(300),
      flux: new Float32Array(300),
      peak: new Float32Array(300),
      fwhm: new Float32Array(300),
      elongation: new Float32Array(300),
      flags: new Uint8Array(300),
      quality: { fwhm: 3, elongation: 1, starCount: 300, background: 1, noise: 1 },
      inputs: [`calibrated-${index}`],
      createdAt: 1,
    })),
    photometry_tables: [
      {
        id: 'photometry-1',
        order: 'o',
        reference: 'calibrated-0',
        stars,
        radii: [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13],
        annulus: [20, 30],
        unit: 'adu',
        gain: null,
        readNoise: null,
        position: null,
        frames: numbers.map((index) => `registered-${index}`),
        inputs: ['calibrated-0', 'sources-0', ...numbers.map((index) => `registered-${index}`)],
        createdAt: 1,
      },
    ],
    photometry_frames: numbers.map((index) => ({
      id: `measured-${index}`,
      table: 'photometry-1',
      frame: `registered-${index}`,
      exposure: `frame-${index}`,
      jd_utc_mid: index,
      bjd_tdb_mid: null,
      airmass: 1,
      x: column(80),
      y: column(80),
      sky: column(80),
      skySigma: column(80),
      peak: column(80),
      fwhm: column(80),
      flags: new Uint8Array(960),
      flux: column(960),
      error: column(960),
      inputs: [`registered-${index}`, 'photometry-1'],
    })),
    lightcurves: [
      {
        ...curve,
        columns: { ...curve.columns, frame: numbers.map((index) => `frame-${index}`) },
        inputs: ['photometry-1', ...numbers.map((index) => `measured-${index}`)],
      },
    ],
    steps: numbers.map((index) => ({
      id: `o/${index}`,
      order: 'o',
      name: 'measure-frame',
      index,
      frames: [`frame-${index}`],
      parameters: {},
      after: [],
      state: 'done' as const,
      startedAt: 1,
      endedAt: 2,
      attempts: 1,
      failure: null,
      result: {},
      outputs: [`measured-${index}`],
    })),
  })
}

it('of a curve of 500 frames is gathered in seconds even here, and drawn as a handful of boxes', async () => {
  const workspace = await openWorkspace({ name: 'many', pixels: createMemoryPixels() })
  await fill(workspace)
  const began = performance.now()
  const graph = await gatherProvenance(workspace, 'curve-1')
  const gathered = performance.now()
  const groups = bundleGraph(graph)
  const drawn = performance.now()
  console.log(
    `${graph.nodes.length} things, ${graph.edges.length} edges: gathered in ${(gathered - began).toFixed(0)} ms, ${groups.length} groups in ${(drawn - gathered).toFixed(0)} ms`,
  )
  // Curve, table, master; 500 measured, registered, calibrated, searched, taken; 60 frames of calibration; their files.
  expect(graph.nodes).toHaveLength(3 + 5 * FRAMES + 60 + FRAMES + 60)
  expect(groups.length).toBeLessThanOrEqual(18)
  expect(groups.map(({ members }) => members.length).toSorted((a, b) => b - a)[0]).toBe(FRAMES)
  expect(drawn - began).toBeLessThan(10_000)
  const point = await gatherProvenance(workspace, partId('curve-1', 'frame-250'))
  expect(point.nodes.filter(({ kind }) => kind === 'measurement')).toHaveLength(1)
  workspace.close()
})
