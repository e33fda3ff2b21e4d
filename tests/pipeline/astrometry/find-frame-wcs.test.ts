import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { HeaderCard } from '../../../web/core/header'
import type { ReducedRecord } from '../../../web/core/reduced'
import { findFrameWcs, type FrameWcs } from '../../../web/pipeline/astrometry/find-frame-wcs'
import { createIcrsTransform } from '../../../web/science/astrometry/icrs-transform'
import { tanSipToSky } from '../../../web/science/astrometry/solve/tan-sip'
import { openWorkspace, type Workspace } from '../../../web/storage/workspace'
import { sampleExposure } from '../../storage/sample-records'
import { sampleSolution } from '../../support/sample-solution'
import { arcsecondsBetween } from '../../support/simulate-sky-field'

let number = 0
let workspace: Workspace

const card = (keyword: string, value: string | number): HeaderCard => ({
  keyword,
  value,
  comment: '',
  raw: '',
})
const HEADER = [
  card('CTYPE1', 'RA---TAN'),
  card('CTYPE2', 'DEC--TAN'),
  card('CRVAL1', 10),
  card('CRVAL2', 20),
  card('CRPIX1', 51),
  card('CRPIX2', 41),
  card('CD1_1', -0.001),
  card('CD1_2', 0),
  card('CD2_1', 0),
  card('CD2_2', 0.001),
]

const reduced = (id: string, exposure: string, changes: Partial<ReducedRecord> = {}): ReducedRecord => ({
  id,
  stage: 'calibrated',
  exposure,
  name: exposure,
  order: 'order-1',
  calibration: { bias: null, dark: null, flat: null, darkFactor: 1 },
  choices: [],
  registration: null,
  width: 400,
  height: 300,
  unit: 'adu',
  inputs: [exposure],
  flags: [],
  createdAt: 1,
  ...changes,
})

const TRIM = { overscan: null, trim: { x: [10, 390], y: [4, 300] }, nonlinearity: null }

beforeEach(async () => {
  workspace = await openWorkspace({ name: `frame-wcs-${number++}` })
  await workspace.saveExposures(
    ['a', 'b'].map((id) => ({ exposure: sampleExposure(`frame-${id}`), cards: HEADER })),
  )
  await workspace.saveExposures([{ exposure: sampleExposure('frame-bare'), cards: [] }])
  await workspace.reduced.putMany([
    reduced('calibrated-a', 'frame-a', {
      calibration: { bias: null, dark: null, flat: null, darkFactor: 1, raw: TRIM as never },
    }),
    reduced('calibrated-b', 'frame-b'),
    reduced('registered-b', 'frame-b', {
      stage: 'registered',
      registration: {
        reference: 'calibrated-a',
        transform: { a: 0, b: -1, c: 300, d: 1, e: 0, f: 2 },
        dx: 0,
        dy: 0,
        rotation: 90,
        scale: 1,
        flipped: false,
        matched: 10,
        rms: 0.1,
      },
    }),
  ])
})

afterEach(() => workspace.close())

const skyOf = (found: FrameWcs | null, x: number, y: number): [number, number] => {
  const out = new Float64Array(6)
  expect(createIcrsTransform(found!.wcs)!.pixelToSky(x, y, out)).toBe(true)
  return [out[0]!, out[1]!]
}

test('without a solution the header counts, moved to the pixels of the calibrated frame', async () => {
  const found = await findFrameWcs(workspace, 'frame-a')
  expect(found).toMatchObject({ source: 'header', exposure: 'frame-a', solution: null })
  expect(arcsecondsBetween(skyOf(found, 50, 40), [10, 20])).toBeLessThan(1e-6)
  expect(
    arcsecondsBetween(skyOf(await findFrameWcs(workspace, 'calibrated-a'), 40, 36), [10, 20]),
  ).toBeLessThan(1e-6)
  expect(await findFrameWcs(workspace, 'frame-bare')).toBeNull()
  expect(await findFrameWcs(workspace, 'frame-nobody')).toBeNull()
})

test('the newest solution of the original counts before the header', async () => {
  const old = sampleSolution('frame-a', { id: 'solution-1', createdAt: 1 })
  await workspace.plateSolutions.putMany([
    sampleSolution('frame-a', { id: 'solution-2', createdAt: 2, wcs: { ...old.wcs, crval: [100, -30] } }),
    old,
  ])
  const found = await findFrameWcs(workspace, 'calibrated-a')
  expect(found).toMatchObject({ source: 'solved', exposure: 'frame-a', solution: { id: 'solution-2' } })
  const truth = tanSipToSky({ ...old.wcs, crval: [100, -30] }, 70, 84)
  expect(arcsecondsBetween(skyOf(found, 60, 80), truth)).toBeLessThan(1e-6)
})

test('a registered frame has the place of its reference, or its own in the grid of the reference', async () => {
  const { wcs } = sampleSolution('frame-b')
  await workspace.plateSolutions.put(sampleSolution('frame-b'))
  const own = await findFrameWcs(workspace, 'registered-b')
  expect(own).toMatchObject({ source: 'solved', exposure: 'frame-b' })
  // x' = 300 - y, y' = x + 2
  expect(arcsecondsBetween(skyOf(own, 60, 80), tanSipToSky(wcs, 220, 62))).toBeLessThan(1e-6)
  await workspace.plateSolutions.put(sampleSolution('frame-a'))
  const reference = await findFrameWcs(workspace, 'registered-b')
  expect(reference).toMatchObject({ exposure: 'frame-a' })
  expect(arcsecondsBetween(skyOf(reference, 60, 80), tanSipToSky(wcs, 70, 84))).toBeLessThan(1e-6)
})

test('a stack has the place of the frame whose grid it has', async () => {
  await workspace.stacks.put({
    id: 'stack-1',
    frames: ['registered-b'],
    reference: 'calibrated-a',
  } as never)
  expect(await findFrameWcs(workspace, 'stack-1')).toMatchObject({ source: 'header', exposure: 'frame-a' })
  await workspace.plateSolutions.put(sampleSolution('frame-b'))
  const found = await findFrameWcs(workspace, 'stack-1')
  expect(found).toMatchObject({ source: 'solved', exposure: 'frame-b' })
  expect(arcsecondsBetween(skyOf(found, 60, 80), tanSipToSky(found!.solution!.wcs, 220, 62))).toBeLessThan(
    1e-6,
  )
})
