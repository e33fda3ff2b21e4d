import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import type { MasterRecord } from '../../../../web/core/master'
import type { CalibrationRecipe } from '../../../../web/core/reduced'
import type { StackRecord } from '../../../../web/core/stack'
import { listStackCells } from '../../../../web/pipeline/export/notebook/cells-stack'
import { gatherPlan } from '../../../../web/pipeline/export/notebook/gather-plan'
import { nameFrames, nameMasters } from '../../../../web/pipeline/export/notebook/name-things'
import { toPython } from '../../../../web/pipeline/export/notebook/python-literal'
import { refuseCalibration } from '../../../../web/pipeline/export/notebook/refuse-recipe'
import { openWorkspace } from '../../../../web/storage/workspace'
import { makeExposure } from '../../../support/make-exposure'
import { createMemoryPixels } from '../../../support/memory-pixels'
import { runInProcess } from '../../../support/run-in-process'
import { fillSmallCamera } from '../../../support/small-camera'

const RECIPE: CalibrationRecipe = { bias: null, dark: null, flat: null, darkFactor: 1 }

describe('what a notebook has no cells for', () => {
  it('is refused by its name, whatever it is', () => {
    expect(() => refuseCalibration(RECIPE, 'frame')).not.toThrow()
    const fringes = { ...RECIPE, fringes: 'map-1' }
    expect(() => refuseCalibration(fringes, 'frame')).toThrow(/"fringes"/)
    expect(() => refuseCalibration({ ...fringes, fringes: null } as CalibrationRecipe, 'frame')).not.toThrow()
    const raw = { overscan: null, trim: null, linearity: null, crosstalk: 0.1 }
    expect(() => refuseCalibration({ ...RECIPE, raw }, 'frame')).toThrow(/"crosstalk"/)
    const sky = { gradient: null, fringe: 'master-1', fit: 'bytes-1' }
    expect(() => refuseCalibration({ ...RECIPE, sky }, 'frame')).toThrow(/fringes/)
  })

  it('is refused for a master whose making is not known, a weighted stack and an id that nothing has', async () => {
    const workspace = await openWorkspace({ name: 'refusals', pixels: createMemoryPixels() })
    await fillSmallCamera(workspace)
    const report = await runInProcess(workspace, {
      request: 'stack',
      parameters: { method: 'none', darkScaling: true },
    })
    expect(report.failures).toEqual([])
    const masters = await workspace.masters.list()
    const flat = masters.find(({ kind }) => kind === 'master-flat')
    const [stack] = await workspace.stacks.list()
    if (flat === undefined || stack === undefined) throw new Error('nothing was made')
    const plan = await gatherPlan(workspace, flat.id)
    expect(plan.masters.map(({ name }) => name)).toEqual(['bias', 'dark', 'flat'])
    expect(plan.lights).toEqual([])
    expect(plan.files).toHaveLength(17)

    await workspace.stacks.put({ ...stack, combine: { ...stack.combine, weights: 'inverse-variance' } })
    await expect(gatherPlan(workspace, stack.id)).rejects.toThrow(/weighted/)
    const order = await gatherPlan(workspace, report.id)
    expect(order.stacks).toEqual([])
    expect(order.leftOut).toEqual([expect.stringMatching(/weighted/)])

    await workspace.masters.put({ ...flat, order: 'order-that-is-gone' })
    await expect(gatherPlan(workspace, flat.id)).rejects.toThrow(/how .* was made/)
    await expect(gatherPlan(workspace, 'nothing')).rejects.toMatchObject({ code: 'not-found' })
    workspace.close()
  })
})

describe('a stack that the notebook cannot do again', () => {
  it('is refused in words, never given with other numbers', async () => {
    const workspace = await openWorkspace({ name: 'stack-refusals', pixels: createMemoryPixels() })
    await fillSmallCamera(workspace)
    const report = await runInProcess(workspace, { request: 'stack', parameters: { method: 'none' } })
    expect(report.failures).toEqual([])
    const [stack] = await workspace.stacks.list()
    if (stack === undefined) throw new Error('nothing was made')
    const gather = async (changed: Partial<StackRecord> | object) => {
      await workspace.stacks.put({ ...stack, ...changed })
      return gatherPlan(workspace, stack.id)
    }
    expect((await gather({})).stacks).toHaveLength(1)
    const grid = { kind: 'north-up', width: 1, height: 1, cards: [], center: { ra: 0, dec: 0 } }
    const cases: [object, RegExp][] = [
      [{ weights: 'noise' }, /weighted by "noise"/],
      [{ weights: 'snr' }, /weighted by "snr"/],
      [{ combine: { ...stack.combine, scale: 'stars' } }, /fluxes of stars/],
      [{ normalisation: 'overlap' }, /"overlap"/],
      [{ normalisation: 'plane' }, /"plane"/],
      [{ interpolation: 'drizzle', pixfrac: 0.8, method: 'stars' }, /drizzled/],
      [{ interpolation: 'exact', method: 'stars' }, /registered/],
      [{ method: 'wcs' }, /registered/],
      [{ method: 'wcs', grid }, /grid on the sky/],
      [{ stacked: [{ ...stack.stacked![0]!, slope: { x: 1, y: 0 } }] }, /planes were added/],
      [{ somethingNew: 1 }, /"somethingNew"/],
    ]
    for (const [changed, words] of cases) await expect(gather(changed)).rejects.toThrow(words)
    // Frames that were left out are told; those that went in are named one by one.
    const leftOut = [
      { frame: 'f', exposure: 'e', name: 'blurred.fits', reason: 'fwhm', value: 9, limit: 5 } as const,
    ]
    const plan = await gather({ leftOut })
    expect(listStackCells(plan)[0]!.text).toMatch(/blurred\.fits \(fwhm 9, limit 5\)/)
    workspace.close()
  })
})

describe('names', () => {
  it('tell frames apart by folders where names do not', () => {
    const frames = [
      makeExposure({}, { id: 'frame-1', name: 'a.fits', path: 'one/a.fits' }),
      makeExposure({}, { id: 'frame-2', name: 'a.fits', path: 'two/a.fits' }),
      makeExposure({}, { id: 'frame-3', name: 'b.fits', path: 'two/b.fits' }),
      makeExposure({}, { id: 'frame-4', name: 'a.fits', path: 'two/a.fits' }),
    ]
    const names = [...nameFrames(frames).values()]
    expect(names).toEqual(['one/a.fits', 'two/a.fits (frame-2)', 'b.fits', 'two/a.fits (frame-4)'])
  })

  it('of masters are words of Python, each its own', () => {
    const master = (id: string, kind: MasterRecord['kind'], filter: string | null, exposure: number | null) =>
      ({ id, kind, group: { filter, exposure } }) as MasterRecord
    const names = nameMasters([
      master('1', 'master-bias', null, 0),
      master('2', 'master-dark', null, 0.5),
      master('3', 'master-dark', null, 60),
      master('4', 'master-flat', "r'", null),
      master('5', 'master-flat', 'Hα 3nm', null),
      master('6', 'master-flat', 'r', null),
    ])
    expect([...names.values()]).toEqual(['bias', 'dark_0_5s', 'dark_60s', 'flat_r', 'flat_H_3nm', 'flat_r_2'])
  })

  it('and values are Python', () => {
    expect(toPython({ a: [1, -0, Number.NaN, null, true], 'é"\n': 'x' })).toBe(
      String.raw`{"a": [1, -0.0, np.nan, None, True], "é\"\n": "x"}`,
    )
    expect(toPython([1e-7, 1e21, Number.NEGATIVE_INFINITY])).toBe('[1e-7, 1e+21, -np.inf]')
  })
})
