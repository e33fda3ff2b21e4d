import 'fake-indexeddb/auto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { wcsOfGrid } from '../../../web/pipeline/registration/sky-grid-wcs'
import { openWorkspace } from '../../../web/storage/workspace'
import { createMemoryPixels } from '../../support/memory-pixels'
import { measureBoxes, readStackPlane } from '../../support/measure-stack'
import { runInProcess } from '../../support/run-in-process'
import { lookAt, takeSkyFrames, type LookAt, type SkyStar } from '../../support/sky-frames'

interface Golden {
  readonly center: { readonly ra: number; readonly dec: number }
  readonly grid: { readonly width: number; readonly height: number; readonly scale: number }
  /** Arc seconds. */
  readonly sigma: number
  readonly reach: number
  readonly frames: readonly LookAt[]
  readonly stars: readonly SkyStar[]
  readonly measured: readonly ({ readonly flux: number; readonly x: number; readonly y: number } | null)[]
}

const golden = JSON.parse(readFileSync('tests/golden/stack/swarp.json', 'utf8')) as Golden

test('frames of two scales come to the stars that SWarp makes of them: flux to 0.2 %, places to 0.02 pixels', async () => {
  const workspace = await openWorkspace({ name: 'swarp', pixels: createMemoryPixels() })
  const frames = golden.frames.map((look, index) => ({
    name: `frame-${index}.fits`,
    width: look.width,
    height: look.height,
    wcs: lookAt(look),
    sigma: golden.sigma / look.scale,
    sky: 0,
    noise: 0,
  }))
  await takeSkyFrames(workspace, frames, golden.stars, 'no noise')
  const { failures, result } = await runInProcess(workspace, {
    request: 'stack',
    frames: (await workspace.exposures.list()).map(({ id }) => id),
    parameters: {
      method: 'wcs',
      grid: { center: golden.center, ...golden.grid },
      clamp: null,
      normalisation: 'none',
      combine: { method: 'mean', rejection: 'none' },
    },
  })
  expect(failures).toEqual([])
  const stack = (await workspace.stacks.get(String(result['frame'])))!
  expect([stack.width, stack.height]).toEqual([golden.grid.width, golden.grid.height])
  const { width, height } = stack
  const data = await readStackPlane(workspace, stack, 'data')
  const found = new Map(
    measureBoxes({ width, height, data }, wcsOfGrid(stack.grid!), golden.stars, golden.reach).map((each) => [
      each.star,
      each,
    ]),
  )
  let [compared, flux, away] = [0, 0, 0]
  for (const [index, star] of golden.stars.entries()) {
    const [theirs, ours] = [golden.measured[index], found.get(star)]
    if (theirs == null || ours === undefined) continue
    compared++
    flux = Math.max(flux, Math.abs(ours.flux / theirs.flux - 1))
    away = Math.max(away, Math.hypot(ours.x + ours.dx - theirs.x, ours.y + ours.dy - theirs.y))
  }
  console.log(
    `${compared} stars: flux within ${(100 * flux).toFixed(4)} %, places within ${away.toFixed(4)} px`,
  )
  expect(compared).toBeGreaterThan(40)
  expect(flux).toBeLessThan(0.002)
  expect(away).toBeLessThan(0.02)
  workspace.close()
}, 60_000)
