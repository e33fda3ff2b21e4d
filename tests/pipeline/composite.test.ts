import 'fake-indexeddb/auto'
import { beforeAll, describe, expect, it } from 'vitest'
import type { CompositeRecord } from '../../web/core/composite'
import { idleTask } from '../../web/core/task'
import { ingestInput } from '../../web/ingest/ingest-files'
import { createStorageSink } from '../../web/ingest/storage-sink'
import { writeFitsImage } from '../../web/science/fits'
import { createRandom } from '../../web/science/math/random'
import { openWorkspace, type Workspace } from '../../web/storage/workspace'
import { runInProcess } from '../support/run-in-process'

const [WIDTH, HEIGHT] = [420, 360]

/** Where the frame of each filter lies against the first, and what a star of magnitude 0 of B-V = c gives in it. */
const FILTERS = [
  { filter: 'V', dx: 0, dy: 0, sky: 300, light: () => 1 },
  { filter: 'B', dx: 7.4, dy: -3.3, sky: 180, light: (c: number) => 0.5 * 10 ** (-0.4 * c) },
  { filter: 'R', dx: -5.2, dy: 4.6, sky: 420, light: (c: number) => 1.4 * 10 ** (0.4 * 0.55 * c) },
] as const

const makeStars = () => {
  const random = createRandom('three filters')
  return Array.from({ length: 130 }, () => ({
    x: 15 + random.uniform() * (WIDTH - 30),
    y: 15 + random.uniform() * (HEIGHT - 30),
    flux: 2500 * 10 ** (1.6 * random.uniform()),
    colour: random.normal() * 0.4,
  }))
}

const makeFrame = ({ filter, dx, dy, sky, light }: (typeof FILTERS)[number]): Blob => {
  const random = createRandom(filter)
  const data = Float32Array.from({ length: WIDTH * HEIGHT }, () => sky + 6 * random.normal())
  for (const { x, y, flux, colour } of makeStars()) {
    const [cx, cy] = [x + dx, y + dy]
    const sum = flux * light(colour)
    for (let j = Math.max(0, Math.floor(cy - 9)); j < Math.min(HEIGHT, cy + 10); j++)
      for (let i = Math.max(0, Math.floor(cx - 9)); i < Math.min(WIDTH, cx + 10); i++)
        data[j * WIDTH + i]! += (sum / (2 * Math.PI * 3.2)) * Math.exp(-((i - cx) ** 2 + (j - cy) ** 2) / 6.4)
  }
  const added = [
    { keyword: 'IMAGETYP', value: 'light', comment: '' },
    { keyword: 'OBJECT', value: 'Cluster', comment: '' },
    { keyword: 'FILTER', value: filter, comment: '' },
    { keyword: 'DATE-OBS', value: '2026-01-05T20:00:00', comment: '' },
  ]
  return new Blob([
    writeFitsImage({ image: { width: WIDTH, height: HEIGHT, data }, header: [], added, bitpix: -32 }),
  ])
}

let workspace: Workspace
const ids: Record<string, string> = {}

beforeAll(async () => {
  workspace = await openWorkspace({ name: 'composite' })
  const sink = createStorageSink(workspace)
  for (const each of FILTERS) {
    const input = { path: `${each.filter}.fits`, blob: makeFrame(each), batch: 'b' }
    const { frames } = await ingestInput(input, sink, idleTask())
    ids[each.filter] = frames[0]!.id
  }
})

const compose = async (parameters: Record<string, unknown>, frames?: string[]) => {
  const report = await runInProcess(workspace, {
    request: 'colour_composite',
    parameters,
    ...(frames === undefined ? {} : { frames }),
  })
  const record = await workspace.composites.get(String(report.result['frame']))
  return { report, record: record as CompositeRecord }
}

describe('an order for a picture in colour', () => {
  it('lays frames of three filters on the grid of the first and makes its stars white on the average', async () => {
    const { report, record } = await compose({ red: ids['R'], green: ids['V'], blue: ids['B'] })
    expect(report.status).toBe('done')
    expect(report.frames.at(-1)).toMatchObject({ kind: 'composite', filter: 'R + V + B', width: WIDTH })
    expect(record.labels.map(({ filter }) => filter)).toEqual(['R', 'V', 'B'])
    const { transforms, alignment, rms, sky, noise, fit } = record.measures
    expect(alignment).toEqual(['same', 'stars', 'stars'])
    // From R, whose grid it is, to V and B.
    for (const [index, dx, dy] of [
      [1, 5.2, -4.6],
      [2, 12.6, -7.9],
    ] as const) {
      expect(transforms[index]?.c).toBeCloseTo(dx, 0)
      expect(transforms[index]?.f).toBeCloseTo(dy, 0)
      expect(rms[index]).toBeLessThan(0.15)
    }
    for (const [index, level] of [420, 300, 180].entries())
      expect(Math.abs(sky[index]! - level)).toBeLessThan(3)
    for (const value of noise) expect(value).toBeGreaterThan(4)
    // Median colour of the stars is 0: a star of it has 1.4, 1 and 0.5 of the light.
    expect(fit?.method).toBe('stars')
    expect(fit!.gains[1]).toBeGreaterThan(1.4 * 0.93)
    expect(fit!.gains[1]).toBeLessThan(1.4 * 1.07)
    expect(Math.abs(fit!.gains[2]! - 2.8)).toBeLessThan(0.3)
    expect(fit!.errors[2]).toBeGreaterThan(0)
    expect(record.inputs).toEqual([ids['R'], ids['V'], ids['B']])
  })

  it('is the same record when it is asked for again, and another when something else is asked for', async () => {
    const first = await compose({ red: ids['R'], green: ids['V'], blue: ids['B'] })
    const other = await compose({ red: ids['R'], green: ids['V'], blue: ids['B'], q: 12 })
    const again = await compose({ red: ids['R'], green: ids['V'], blue: ids['B'] })
    expect(again.record.id).toBe(first.record.id)
    expect(other.record.id).not.toBe(first.record.id)
    expect(other.record.look.q).toBe(12)
    expect(await workspace.composites.count()).toBe(2)
  })

  it('takes stretch, minimum and factors as they are given, and colours by the filters of named frames', async () => {
    const frames = [ids['B']!, ids['V']!, ids['R']!]
    const { record } = await compose(
      { minimum: [170, 290, 400], stretch: 40, balance: 'none', neutral: 0 },
      frames,
    )
    expect(record.look.inputs.map(({ minimum }) => minimum)).toEqual([170, 290, 400])
    expect(record.look.inputs.map(({ gain }) => gain)).toEqual([1, 1, 1])
    expect(record.look.inputs.map(({ colour }) => colour)).toEqual([
      [0, 0, 1],
      [0, 1, 0],
      [1, 0, 0],
    ])
    expect(record.look.stretch).toBe(40)
    const given = await compose({ gains: [1, 2, 3] }, frames)
    expect(given.record.balance).toBe('given')
    expect(given.record.look.inputs.map(({ gain }) => gain)).toEqual([1, 2, 3])
  })

  it('two frames give green as their mean, and brightness can come from a third', async () => {
    const { record } = await compose({ red: ids['V'], blue: ids['B'], luminance: ids['R'] })
    expect(record.look.inputs.map(({ colour }) => colour)).toEqual([
      [1, 0.5, 0],
      [0, 0.5, 1],
      [0, 0, 0],
    ])
    expect(record.look.luminance).toBe(2)
  })

  it('says what is wrong with an order', async () => {
    await expect(compose({})).rejects.toMatchObject({ code: 'bad-order' })
    const { report } = await compose({ red: 'frame-nowhere' })
    expect(report.failures[0]).toMatchObject({ code: 'not-found' })
    const wrong = await compose({ gains: [1, 2] }, [ids['B']!, ids['V']!, ids['R']!])
    expect(wrong.report.failures[0]).toMatchObject({ code: 'bad-order' })
    const part = await compose({ channels: [{ frame: ids['B'], part: 'red' }] })
    expect(part.report.failures[0]?.reason).toContain('mosaic')
  })
})
