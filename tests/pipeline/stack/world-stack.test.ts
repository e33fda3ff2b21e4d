import 'fake-indexeddb/auto'
import { beforeAll, describe, expect, it } from 'vitest'
import type { StackRecord } from '../../../web/core/stack'
import { wcsOfGrid } from '../../../web/pipeline/registration/sky-grid-wcs'
import { openWorkspace, type Workspace } from '../../../web/storage/workspace'
import { createMemoryPixels } from '../../support/memory-pixels'
import { measureBoxes, readStackPlane } from '../../support/measure-stack'
import { runInProcess } from '../../support/run-in-process'
import { lookAt, scatterStars, takeSkyFrames, type SkyFrame } from '../../support/sky-frames'

const SEED = 'six ways to look'
const CENTER = { ra: 83.63, dec: 41.2 }
const SIZE = { width: 420, height: 360 }
const stars = scatterStars(CENTER, { count: 150, box: 560, apart: 34, seed: SEED })

/** Two cameras: the second has pixels of four fifths, and one of its pictures is mirrored. */
const look = (
  name: string,
  offset: [number, number],
  rest: Parameters<typeof lookAt>[0] | object,
): SkyFrame => {
  const wanted = { scale: 2, rotation: 0, ...SIZE, ...rest }
  return {
    name,
    width: wanted.width,
    height: wanted.height,
    wcs: lookAt({ ra: CENTER.ra + offset[0] / 3600, dec: CENTER.dec + offset[1] / 3600, ...wanted }),
    sigma: 3 / wanted.scale,
    sky: 0,
    noise: 0,
  }
}
const frames = [
  look('a.fits', [0, 0], { bend: 1.5 }),
  look('b.fits', [13.3, -7.7], { rotation: 12 }),
  look('c.fits', [-21, 11.2], { rotation: 178, bend: 2 }),
  look('d.fits', [4.4, 9.9], { scale: 1.6, rotation: 40, width: 560, height: 500 }),
  look('e.fits', [-8.1, -3.2], { scale: 1.6, rotation: -75, flipped: true, width: 560, height: 500 }),
  look('f.fits', [9.5, 3.1], { rotation: -3, bend: -1 }),
]

describe(`frames of two cameras stacked by where they are on the sky (seed ${SEED})`, () => {
  let workspace: Workspace
  const stackOf = async (parameters: object): Promise<StackRecord> => {
    const { failures, result } = await runInProcess(workspace, {
      request: 'stack',
      parameters: {
        method: 'wcs',
        normalisation: 'none',
        combine: { method: 'mean', rejection: 'none' },
        ...parameters,
      },
      frames: (await workspace.exposures.list()).map(({ id }) => id),
    })
    expect(failures).toEqual([])
    const stack = await workspace.stacks.get(String(result['frame']))
    if (stack === undefined) throw new Error('no stack')
    return stack
  }

  beforeAll(async () => {
    workspace = await openWorkspace({ name: 'world', pixels: createMemoryPixels() })
    await takeSkyFrames(workspace, frames, stars, SEED)
  }, 60_000)

  it.each([
    ['as the reference lies, distortion and all', { grid: 'reference' }, 60],
    ['with north up', { grid: 'north-up' }, 100],
    [
      'as chosen, with pixels of three quarters',
      { grid: { center: CENTER, scale: 1.5, rotation: 30, width: 500, height: 480 } },
      60,
    ],
    ['by area, with north up', { grid: 'north-up', interpolation: 'exact' }, 100],
    [
      'as drops, with smaller pixels',
      { grid: 'north-up', interpolation: 'drizzle', pixfrac: 1, zoom: 1.25 },
      100,
    ],
    [
      'as drops on the reference',
      {
        interpolation: 'drizzle',
        pixfrac: 1,
        combine: { method: 'mean', rejection: 'sigma-clip', low: 20, high: 20 },
      },
      60,
    ],
  ])(
    'keep the flux of stars to 0.2 %% and their places to 0.02 pixels: %s',
    async (_name, parameters, least) => {
      const stack = await stackOf(parameters)
      expect(stack.method).toBe('wcs')
      const data = await readStackPlane(workspace, stack, 'data')
      const wcs = wcsOfGrid(stack.grid!)
      const { width, height } = stack
      const measured = measureBoxes({ width, height, data }, wcs, stars, Math.round(16 / stack.grid!.scale))
      const ratios = measured.map(({ star, flux }) => flux / star.flux)
      const worst = Math.max(...ratios.map((ratio) => Math.abs(ratio - 1)))
      const away = Math.max(...measured.map(({ dx, dy }) => Math.hypot(dx, dy)))
      console.log(
        `${stack.width} x ${stack.height}, ${measured.length} stars: flux within ${(100 * worst).toFixed(4)} %, places within ${away.toFixed(4)} px`,
      )
      expect(measured.length).toBeGreaterThanOrEqual(least)
      expect(worst).toBeLessThan(0.002)
      expect(away).toBeLessThan(0.02)
    },
    60_000,
  )
})
