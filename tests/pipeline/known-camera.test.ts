import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import type { FrameFacts } from '../../web/core/frame'
import { maskValue } from '../../web/core/pixel-mask'
import { createFrameSource } from '../../web/pipeline/create-frame-source'
import { readFramePixels } from '../../web/pipeline/inspect/frame-pixels'
import { createRandom } from '../../web/science/math/random'
import { openWorkspace, type Workspace } from '../../web/storage/workspace'
import { makeExposure } from '../support/make-exposure'
import { createMemoryPixels } from '../support/memory-pixels'
import { openTestCompute, runInProcess } from '../support/run-in-process'

/** A camera of which everything is known: what it writes is made from electrons, and the order must give the electrons back. */
const WIDTH = 176
const HEIGHT = 130
const OVERSCAN = { x: [162, 176], y: [0, 130] } as const
const TRIM = { x: [2, 160], y: [0, 126] } as const
const GRID = { width: TRIM.x[1] - TRIM.x[0], height: TRIM.y[1] - TRIM.y[0] }
const GAIN = 1.6
const READ_NOISE = 5
const DARK = 2
const EXPOSURE = 60
const HOT = [20 * WIDTH + 30, 21 * WIDTH + 90, 77 * WIDTH + 11, 100 * WIDTH + 150]
const DEAD = [50 * WIDTH + 60, 90 * WIDTH + 120]

const columnOf = (pixel: number) => pixel % WIDTH
const rowOf = (pixel: number) => Math.floor(pixel / WIDTH)

const responseOf = (pixel: number): number => {
  const [x, y] = [columnOf(pixel) / WIDTH - 0.5, rowOf(pixel) / HEIGHT - 0.5]
  const own = 1 + 0.02 * Math.sin(pixel * 12.9898)
  return (DEAD.includes(pixel) ? 0.2 : own) * (1 - 0.3 * (x * x + y * y))
}
const skyOf = (pixel: number): number => 4000 + 5 * columnOf(pixel) + 3 * rowOf(pixel)
const darkOf = (pixel: number): number => (HOT.includes(pixel) ? 300 : DARK)
/** ADU that the electronics add: a drift from row to row, and a pattern that every frame has. */
const electronicsOf = (pixel: number, drift: number): number =>
  400 + drift + 0.3 * rowOf(pixel) + (columnOf(pixel) % 2 === 0 ? 1.5 : -1.5)

/** As the camera writes it: big-endian 16 bits with an offset of 32768. */
const expose = (light: (pixel: number) => number, seconds: number, seed: string, drift: number) => {
  const random = createRandom(seed)
  const bytes = new Uint8Array(2880 + 2 * WIDTH * HEIGHT)
  const view = new DataView(bytes.buffer)
  for (let pixel = 0; pixel < WIDTH * HEIGHT; pixel++) {
    const isDark = columnOf(pixel) >= OVERSCAN.x[0]
    const expected = isDark ? 0 : light(pixel) * responseOf(pixel) + darkOf(pixel) * seconds
    const electrons = random.poisson(expected) + READ_NOISE * random.normal()
    const adu = Math.round(electronicsOf(pixel, drift) + electrons / GAIN)
    view.setInt16(2880 + 2 * pixel, Math.max(0, Math.min(65_535, adu)) - 32_768)
  }
  return bytes
}

const KINDS = [
  ['bias', 25, () => 0, 0],
  ['dark', 25, () => 0, EXPOSURE],
  ['flat', 25, () => 30_000, 2],
  // What a twilight has at its ends: too faint to be worth it, and full.
  ['flat', 2, () => 300, 2],
  ['flat', 2, () => 95_000, 2],
  ['light', 2, skyOf, EXPOSURE],
] as const

const fill = async (workspace: Workspace): Promise<void> => {
  for (const [kind, count, light, seconds] of KINDS) {
    for (let frame = 0; frame < count; frame++) {
      const facts: Partial<FrameFacts> = {
        kind,
        exposure: seconds,
        gain: GAIN,
        readNoise: READ_NOISE,
        overscan: OVERSCAN,
        trim: TRIM,
        saturation: 60_000,
      }
      const exposure = makeExposure(facts, { width: WIDTH, height: HEIGHT })
      await workspace.pixels.write(
        exposure.pixels.bytesId,
        expose(light, seconds, `known camera ${kind} ${light(0)} ${frame}`, 3 * Math.sin(frame)),
      )
      await workspace.exposures.put(exposure)
    }
  }
}

const onGrid = (pixels: readonly number[]): number[] =>
  pixels.map((pixel) => (rowOf(pixel) - TRIM.y[0]) * GRID.width + columnOf(pixel) - TRIM.x[0])

const truth = Float64Array.from({ length: GRID.width * GRID.height }, (_, at) =>
  skyOf((Math.floor(at / GRID.width) + TRIM.y[0]) * WIDTH + (at % GRID.width) + TRIM.x[0]),
)

const calibrate = async (name: string, parameters: Record<string, unknown>) => {
  const workspace = await openWorkspace({ name, pixels: createMemoryPixels() })
  await fill(workspace)
  const report = await runInProcess(workspace, {
    request: 'calibrate_file_batch',
    parameters: { darkScaling: true, ...parameters },
  })
  expect(report.failures).toEqual([])
  const [reduced] = await workspace.reduced.list()
  if (reduced === undefined) throw new Error('nothing was calibrated')
  const compute = await openTestCompute()
  const frames = createFrameSource(workspace, compute)
  const plane = (wanted: 'data' | 'uncertainty' | 'mask' | 'snr') =>
    compute.inTurn(() => readFramePixels(workspace, frames, { frame: reduced.id, plane: wanted }))
  const planes = {
    data: await plane('data'),
    uncertainty: await plane('uncertainty'),
    mask: await plane('mask'),
    snr: await plane('snr'),
  }
  const masters = await workspace.masters.list()
  workspace.close()
  return { reduced, masters, ...planes }
}

const BAD = new Set(onGrid([...HOT, ...DEAD]))

const pulls = ({
  data,
  uncertainty,
}: {
  data: { data: ArrayLike<number> }
  uncertainty: { data: ArrayLike<number> }
}) =>
  Array.from(truth, (value, at) => (data.data[at]! - value) / uncertainty.data[at]!).filter(
    (_, at) => !BAD.has(at),
  )

const rms = (values: readonly number[]) =>
  Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length)
const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/** The shape of the flat is known up to its median, which stands for one. */
const flatLevel = (): number => {
  const responses = Array.from(truth, (_, at) =>
    responseOf((Math.floor(at / GRID.width) + TRIM.y[0]) * WIDTH + (at % GRID.width) + TRIM.x[0]),
  )
  return responses.toSorted((a, b) => a - b)[responses.length >> 1]!
}

describe('a camera of which everything is known (seeds known camera)', () => {
  it('gives the electrons back, with errors that mean what they say, and its bad pixels filled', async () => {
    const made = await calibrate('known-interpolate', { units: 'electron', badPixels: 'interpolate' })
    expect(made.reduced).toMatchObject({ ...GRID, unit: 'electron' })
    const level = flatLevel()
    truth.forEach((value, at) => (truth[at] = value * level))
    const scatter = pulls(made)
    console.info(`pulls: rms ${rms(scatter).toFixed(3)}, mean ${meanOf(scatter).toFixed(3)}`)
    expect(rms(scatter)).toBeGreaterThan(0.97)
    expect(rms(scatter)).toBeLessThan(1.03)
    // All pixels share the error of the flat's level: 3e-4 of it, a tenth of a pixel's own error.
    expect(Math.abs(meanOf(scatter))).toBeLessThan(0.1)
    const map = made.masters.find(({ kind }) => kind === 'master-bad-pixels')
    expect(map?.badPixels?.counts).toMatchObject({ hot: HOT.length, person: 0 })
    const marked = Array.from(made.mask.data).flatMap((value, at) =>
      (value & maskValue('bad-pixel')) === 0 ? [] : [at],
    )
    for (const at of BAD) expect(marked).toContain(at)
    // Chance alone makes one pixel in some thousand stand out of the flat.
    expect(marked.length).toBeLessThan(BAD.size + 20)
    for (const at of BAD) expect(Math.abs(made.data.data[at]! / truth[at]! - 1)).toBeLessThan(0.06)
    expect(made.reduced.choices.at(-1)).toMatchObject({
      kind: 'bad-pixels',
      reason: 'exact',
      master: map?.id,
    })
    expect(made.reduced.inputs).toContain(map?.id)
  })

  it('takes the flats of a twilight that are bright enough, and brings them to one level by a mode of their middle', async () => {
    const made = await calibrate('known-flats', {
      units: 'electron',
      flatLevel: 'mode',
      flatRegion: '[41:120,31:100]',
      flatLimits: { least: 2000, most: 45_000 },
    })
    const flat = made.masters.find(({ kind }) => kind === 'master-flat')
    expect(flat?.frames).toHaveLength(25)
    expect(flat?.warnings.join(' ')).toMatch(
      /2 of 29 flats were left out, too faint.*2 of 29 flats were left out, too bright/,
    )
    // Brighter in the middle than as a whole, so that the frame comes out brighter.
    const ratio = meanOf(
      Array.from(truth, (value, at) => made.data.data[at]! / value).filter((_, at) => !BAD.has(at)),
    )
    expect(ratio).toBeGreaterThan(1.01)
    expect(ratio).toBeLessThan(1.06)
  })

  it('marks pixels beyond the range of the linearity correction, and no others', async () => {
    // Electrons that each pixel is expected to hold above the level of the electronics, and what chance adds.
    const held = Array.from(truth, (_, at) => {
      const pixel = (Math.floor(at / GRID.width) + TRIM.y[0]) * WIDTH + (at % GRID.width) + TRIM.x[0]
      return skyOf(pixel) * responseOf(pixel) + darkOf(pixel) * EXPOSURE
    })
    const limit = held.toSorted((a, b) => a - b)[held.length >> 1]!
    // A coefficient of 0 changes nothing: what is marked can be told from the light itself.
    const made = await calibrate('known-linear', { linearity: { coefficients: [0], limit: limit / GAIN } })
    let decided = 0
    for (const [at, electrons] of held.entries()) {
      const chance = 6 * Math.sqrt(electrons + READ_NOISE ** 2) + 5 * GAIN
      if (Math.abs(electrons - limit) < chance) continue
      decided++
      expect((made.mask.data[at]! & maskValue('not-linear')) !== 0).toBe(electrons > limit)
    }
    expect(decided).toBeGreaterThan(20)
    const marked = made.mask.data.filter((value) => (value & maskValue('not-linear')) !== 0).length
    expect(Math.abs(marked / held.length - 0.5)).toBeLessThan(0.05)
  })

  it('gives bad pixels no value where they are masked', async () => {
    const made = await calibrate('known-mask', { badPixels: 'mask' })
    expect(made.reduced.unit).toBe('adu')
    for (const at of BAD)
      expect([made.data.data[at], made.uncertainty.data[at]]).toEqual([Number.NaN, Number.NaN])
    expect(made.snr.unit).toBe('')
    for (const [at, value] of made.snr.data.entries())
      expect(value).toBe(Math.fround(made.data.data[at]! / made.uncertainty.data[at]!))
    const good = Array.from(made.data.data).filter((value) => Number.isFinite(value)).length
    expect(good).toBeGreaterThan(GRID.width * GRID.height - BAD.size - 20)
  })
})
