import 'fake-indexeddb/auto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Compute } from '../../../web/compute/create-compute'
import { shiftPattern } from '../../../web/core/colour-channel'
import { idleTask } from '../../../web/core/task'
import { ingestInput } from '../../../web/ingest'
import { createStorageSink } from '../../../web/ingest/storage-sink'
import { createInspector, type Inspector } from '../../../web/pipeline/inspect'
import { makeColourPlanes } from '../../../web/pipeline/inspect/colour-planes'
import { BAYER_PATTERNS } from '../../../web/science/colour/bayer'
import { debayerBilinear } from '../../../web/science/colour/debayer-bilinear'
import { debayerVng } from '../../../web/science/colour/debayer-vng'
import { createRandom } from '../../../web/science/math/random'
import { openWorkspace, type Workspace } from '../../../web/storage/workspace'
import { makeBayerFits, makeMosaic } from '../../support/bayer-frames'
import { createMemoryPixels } from '../../support/memory-pixels'
import { openTestCompute, runInProcess } from '../../support/run-in-process'

const [WIDTH, HEIGHT] = [31, 26]
const BIAS = 400
/** Two colours side by side; far from where they meet each comes out as it is. */
const LEFT = [3000, 1700, 900] as const
const RIGHT = [500, 1200, 2600] as const
const scene = (x: number) => (x < 16 ? LEFT : RIGHT)

let workspace: Workspace
let compute: Compute
let inspector: Inspector

const take = async (name: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> => {
  const input = { path: name, blob: new Blob([bytes]), batch: name }
  const { frames, rejected } = await ingestInput(input, createStorageSink(workspace), idleTask())
  expect(rejected).toEqual([])
  return frames[0]!.id
}

beforeAll(async () => {
  workspace = await openWorkspace({ name: 'frame-colours', pixels: createMemoryPixels() })
  compute = await openTestCompute()
  inspector = createInspector(workspace, compute)
})
afterAll(() => workspace.close())

/** Colours a few pixels away from the border of the two, and from the edge of the frame. */
const expectColours = (
  { planes, width }: { planes: readonly Float32Array[]; width: number },
  border: number,
  { left, right }: { left: readonly number[]; right: readonly number[] },
) => {
  const length = planes[0]?.length ?? 0
  let compared = 0
  for (let index = 0; index < length; index++) {
    const x = index % width
    if (Math.abs(x - border + 0.5) < 3) continue
    const seen = planes.map((plane) => plane[index])
    expect(seen).toEqual([...(x < border ? left : right)])
    compared++
  }
  expect(compared).toBeGreaterThan(0.6 * length)
}

describe.each(BAYER_PATTERNS)('a camera with %s', (pattern) => {
  it.each(['TOP-DOWN', 'BOTTOM-UP', null])('shows the colours of the scene, rows %s', async (order) => {
    const cards = order === null ? [] : [{ keyword: 'ROWORDER', value: order }]
    const frame = await take(
      `${pattern}-${order}.fits`,
      makeBayerFits({ width: WIDTH, height: HEIGHT, pattern, scene, cards }),
    )
    for (const method of ['bilinear', 'vng'] as const) {
      const colours = await inspector.colours({ frame, method }, idleTask())
      expect(colours).toMatchObject({ width: WIDTH, height: HEIGHT, level: 0, zero: null, unit: 'adu' })
      expectColours(colours, 16, { left: LEFT, right: RIGHT })
    }
  })

  it('where the frame lies elsewhere on the sensor by one pixel', async () => {
    // The mask of the sensor, of which this frame begins one column and one row later.
    const sensor = shiftPattern(pattern, { left: 1, top: 1 })
    const cards = [
      { keyword: 'XBAYROFF', value: 1 },
      { keyword: 'YBAYROFF', value: 1 },
    ]
    const file = makeBayerFits({ width: WIDTH, height: HEIGHT, pattern, scene, cards, word: sensor })
    const frame = await take(`${pattern}-offset.fits`, file)
    expectColours(await inspector.colours({ frame, method: 'bilinear' }, idleTask()), 16, {
      left: LEFT,
      right: RIGHT,
    })
  })
})

describe('a calibrated frame', () => {
  it('that was trimmed by odd numbers of pixels has its colours, and a sky that is known to be light', async () => {
    const [left, top] = [3, 5]
    const cards = [{ keyword: 'TRIMSEC', value: `[${left + 1}:${WIDTH},${top + 1}:${HEIGHT}]` }]
    const wish = { width: WIDTH, height: HEIGHT, pattern: 'GBRG', cards } as const
    const dull = () => [BIAS, BIAS, BIAS] as const
    const biases: string[] = []
    for (const index of [1, 2, 3]) {
      const bias = await take(
        `bias-${index}.fits`,
        makeBayerFits({
          ...wish,
          kind: 'Bias Frame',
          scene: dull,
          cards: [...cards, { keyword: 'SEQ', value: index }],
        }),
      )
      biases.push(bias)
    }
    const light = await take('trimmed.fits', makeBayerFits({ ...wish, scene }))
    const report = await runInProcess(workspace, {
      request: 'calibrate_file_batch',
      frames: [...biases, light],
      parameters: { trim: 'auto' },
    })
    expect(report.failures).toEqual([])
    const reduced = (await workspace.reduced.list()).find(({ exposure }) => exposure === light)
    expect(reduced).toMatchObject({ width: WIDTH - left, height: HEIGHT - top })
    const colours = await inspector.colours({ frame: reduced?.id ?? '', method: 'bilinear' }, idleTask())
    expect(colours).toMatchObject({ width: WIDTH - left, height: HEIGHT - top, zero: 0 })
    const off = (levels: readonly number[]) => levels.map((level) => level - BIAS)
    expectColours(colours, 16 - left, { left: off(LEFT), right: off(RIGHT) })
    expect([...LEFT, ...RIGHT].map((level) => level - BIAS)).toContain(colours.sky[0])
    // Of one colour alone there are no others.
    await runInProcess(workspace, {
      request: 'calibrate_file_batch',
      frames: [...biases, light],
      parameters: { trim: 'auto', channel: 'green' },
    })
    const green = (await workspace.reduced.list()).find(({ calibration }) => calibration.channel != null)
    await expect(
      inspector.colours({ frame: green?.id ?? '', method: 'bilinear' }, idleTask()),
    ).rejects.toThrow(/one colour alone/)
  })

  it('a camera without a mask has no colours, and neither has what is not there', async () => {
    const mono = makeBayerFits({ width: 8, height: 8, pattern: 'RGGB', scene, word: 'MONO' })
    const frame = await take('mono.fits', mono)
    await expect(inspector.colours({ frame, method: 'bilinear' }, idleTask())).rejects.toThrow(/no colours/)
    await expect(inspector.colours({ frame: 'gone', method: 'vng' }, idleTask())).rejects.toThrow(
      /raw and calibrated frames/,
    )
  })
})

describe('planes of a large frame', () => {
  const random = createRandom('colour planes')
  const [width, height] = [45, 38]
  const data = makeMosaic({ width, height, pattern: 'GRBG', scene: () => [1, 2, 3] }).map(
    (value) => 100 * value + 10 * random.normal(),
  )
  data[7 * width + 9] = Number.NaN

  it.each(['bilinear', 'vng'] as const)(
    'do not depend on the bands they are made in, %s, seed colour planes',
    async (method) => {
      const mosaic = { width, height, data, pattern: 'GRBG' } as const
      const expected = method === 'vng' ? debayerVng(mosaic) : debayerBilinear(mosaic)
      for (const bandBytes of [1, 5000, 1e7]) {
        const wish = { pattern: 'GRBG', method, bandBytes } as const
        const { level, planes } = await compute.inTurn(() =>
          makeColourPlanes(compute, { width, height, data }, wish, idleTask()),
        )
        expect(level).toBe(0)
        expect(planes).toEqual(expected)
      }
    },
  )

  it('are means of blocks where there are too many pixels', async () => {
    const full = debayerBilinear({ width, height, data, pattern: 'GRBG' })
    for (const [mostPixels, level] of [
      [width * height - 1, 1],
      [150, 2],
    ] as const) {
      const wish = { pattern: 'GRBG', method: 'bilinear', mostPixels, bandBytes: 4000 } as const
      const made = await compute.inTurn(() =>
        makeColourPlanes(compute, { width, height, data }, wish, idleTask()),
      )
      expect(made.level).toBe(level)
      const step = 2 ** level
      const columns = Math.ceil(width / step)
      for (const [channel, plane] of made.planes.entries()) {
        expect(plane).toHaveLength(columns * Math.ceil(height / step))
        for (const [index, value] of plane.entries()) {
          const values: number[] = []
          for (
            let y = step * Math.floor(index / columns);
            y < Math.min(height, step * (Math.floor(index / columns) + 1));
            y++
          )
            for (let x = step * (index % columns); x < Math.min(width, step * ((index % columns) + 1)); x++)
              values.push(full[channel as 0 | 1 | 2][y * width + x]!)
          expect(value).toBeCloseTo(values.reduce((sum, each) => sum + each, 0) / values.length, 3)
        }
      }
    }
  })
})
