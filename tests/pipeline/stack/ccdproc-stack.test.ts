import 'fake-indexeddb/auto'
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { idleTask } from '../../../web/core/task'
import { ingestInput } from '../../../web/ingest/ingest-files'
import { createStorageSink } from '../../../web/ingest/storage-sink'
import { wcsOfGrid } from '../../../web/pipeline/registration/sky-grid-wcs'
import { writeWcs } from '../../../web/science/astrometry/wcs/write-wcs'
import { writeFitsImage } from '../../../web/science/fits'
import { openWorkspace, type Workspace } from '../../../web/storage/workspace'
import { createMemoryPixels } from '../../support/memory-pixels'
import { readStackPlane } from '../../support/measure-stack'
import { runInProcess } from '../../support/run-in-process'
import { lookAt } from '../../support/sky-frames'
import { drawLcg } from '../../science/calibration/lcg-frames'

interface Golden {
  readonly width: number
  readonly height: number
  readonly offsets: readonly (readonly [number, number])[]
  readonly stars: readonly (readonly [number, number, number])[]
  readonly grid: {
    readonly width: number
    readonly height: number
    readonly left: number
    readonly top: number
  }
  readonly samples: readonly number[]
  readonly coverage: readonly number[]
  readonly covered: number
  readonly stacks: readonly {
    readonly method: 'mean' | 'median'
    readonly clip: boolean
    readonly sum: number
    readonly error_sum: number
    readonly rejected: number
    readonly data: readonly (number | null)[]
    readonly uncertainty: readonly (number | null)[]
    readonly count: readonly number[]
  }[]
}

const golden = JSON.parse(readFileSync('tests/golden/stack/ccdproc-stack.json', 'utf8')) as Golden
const { width, height, offsets, stars, grid } = golden

/** The frames of make_ccdproc_stack.py. */
const drawFrame = (index: number): Float32Array => {
  const draw = drawLcg(100 + index)
  const [dx, dy] = offsets[index]!
  const data = new Float32Array(width * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let value = 200 + 3 * index + 8 * (draw() + draw() - 1)
      if (draw() < 0.01) value += 500 + 2000 * draw()
      for (const [left, top, peak] of stars) {
        const [u, v] = [x + dx - left, y + dy - top]
        const squares = u * u + v * v
        if (squares >= 50) continue
        const wide = 1 + squares / 5
        value += peak / (wide * wide * wide)
      }
      data[y * width + x] = value
    }
  return data
}

const takeFrames = async (workspace: Workspace): Promise<void> => {
  const middle = lookAt({ ra: 150, dec: 20, scale: 0.2, rotation: 0, width, height })
  const sink = createStorageSink(workspace)
  for (const [index, [dx, dy]] of offsets.entries()) {
    const wcs = { ...middle, reference: { x: middle.reference.x - dx, y: middle.reference.y - dy } }
    const added = [
      { keyword: 'IMAGETYP', value: 'Light Frame' },
      { keyword: 'FILTER', value: 'V' },
      { keyword: 'EXPTIME', value: 60, floating: true },
      { keyword: 'DATE-OBS', value: `2025-03-01T22:0${index}:00` },
      ...writeWcs(wcs).cards,
    ]
    const image = { width, height, data: drawFrame(index) }
    const bytes = writeFitsImage({ image, header: [], added, bitpix: -32 })
    const input = { path: `frame-${index}.fits`, blob: new Blob([bytes]), batch: 'sky' }
    const { rejected } = await ingestInput(input, sink, idleTask())
    expect(rejected).toEqual([])
  }
}

describe('a stack of frames that lie whole pixels apart is that of ccdproc.Combiner', () => {
  let workspace: Workspace
  beforeAll(async () => {
    workspace = await openWorkspace({ name: 'ccdproc', pixels: createMemoryPixels() })
    await takeFrames(workspace)
  })

  it.each(golden.stacks)('to 1e-6: $method, clipped: $clip', async (theirs) => {
    const { failures, result } = await runInProcess(workspace, {
      request: 'stack',
      frames: (await workspace.exposures.list()).map(({ id }) => id),
      parameters: {
        method: 'wcs',
        interpolation: 'nearest',
        grid: { kind: 'reference', extent: 'all' },
        normalisation: 'none',
        combine: {
          method: theirs.method,
          ...(theirs.clip
            ? { rejection: 'sigma-clip', low: 2, high: 2, center: 'median', deviation: 'std', iterations: 1 }
            : { rejection: 'none' }),
        },
      },
    })
    expect(failures).toEqual([])
    const stack = (await workspace.stacks.get(String(result['frame'])))!
    const { x, y } = wcsOfGrid(stack.grid!).reference
    // Where the first frame's first pixel lies on our grid, whose reference is the middle pixel of one of the frames.
    const centre = { x: width >> 1, y: height >> 1 }
    const reference = (await workspace.reduced.get(stack.reference!))!
    const [dx, dy] = offsets[Number(/\d/.exec(reference.name)![0])]!
    const [left, top] = [x - centre.x - dx, y - centre.y - dy]
    expect(Math.abs(left - Math.round(left)) + Math.abs(top - Math.round(top))).toBeLessThan(1e-6)
    const placeOf = (sample: number): number => {
      const column = (sample % grid.width) + grid.left + Math.round(left)
      const row = Math.floor(sample / grid.width) + grid.top + Math.round(top)
      return column < 0 || row < 0 || column >= stack.width || row >= stack.height
        ? Number.NaN
        : row * stack.width + column
    }
    const read = (plane: 'data' | 'uncertainty' | 'coverage' | 'rejected') =>
      readStackPlane(workspace, stack, plane)
    const [data, errors, coverage, rejected] = [
      await read('data'),
      await read('uncertainty'),
      await read('coverage'),
      await read('rejected'),
    ]
    const expectClose = (ours: number | undefined, other: number): void =>
      expect(Math.abs((ours ?? Number.NaN) / other - 1)).toBeLessThan(1e-6)
    let [compared, certain] = [0, 0]
    for (const [index, sample] of golden.samples.entries()) {
      const pixel = placeOf(sample)
      expect(coverage[pixel] ?? 0).toBe(golden.coverage[index])
      expect((coverage[pixel] ?? 0) - (rejected[pixel] ?? 0)).toBe(theirs.count[index])
      const [value, error] = [theirs.data[index]!, theirs.uncertainty[index]!]
      if (value === null) {
        expect(data[pixel] ?? Number.NaN).toBeNaN()
        continue
      }
      compared++
      expectClose(data[pixel], value)
      // Of one value Combiner knows no error; ours is that of its frame, see single-frames.test.
      if (error === null) continue
      certain++
      expectClose(errors[pixel], error)
    }
    expect(compared).toBeGreaterThan(400)
    expect(certain).toBeGreaterThan(380)
    const sum = (values: Float32Array, keep: (pixel: number) => boolean): number =>
      values.reduce((total, value, pixel) => total + (Number.isFinite(value) && keep(pixel) ? value : 0), 0)
    expectClose(
      sum(data, () => true),
      theirs.sum,
    )
    expectClose(
      sum(errors, (pixel) => coverage[pixel]! - rejected[pixel]! > 1),
      theirs.error_sum,
    )
    expect(sum(coverage, () => true)).toBe(golden.covered)
    expect(sum(rejected, () => true)).toBe(theirs.rejected)
  })
})
