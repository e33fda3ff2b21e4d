import 'fake-indexeddb/auto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { LightCurveRecord } from '../../../web/core/light-curve'
import type { PhotometryTableRecord } from '../../../web/core/photometry'
import { openWorkspace } from '../../../web/storage/workspace'
import { loadFolder } from '../../support/load-folder'
import { createMemoryPixels } from '../../support/memory-pixels'
import { runInProcess } from '../../support/run-in-process'
import { requireShared } from '../../support/shared-data'
import { arcsecondsBetween } from '../../support/simulate-sky-field'

const folder = requireShared('hatp32_transit')
/** Of the catalogue, ICRS degrees, and where it is on the first frame. */
const PLACE: [number, number] = [31.0427, 46.6878]
const TARGET = { x: 424, y: 286 }

const toDirection = ([ra, dec]: readonly [number, number]): [number, number, number] => {
  const [a, d] = [(ra * Math.PI) / 180, (dec * Math.PI) / 180]
  return [Math.cos(d) * Math.cos(a), Math.cos(d) * Math.sin(a), Math.sin(d)]
}

/** The sun on 20 December 2017 at 4h UTC: of the solstice (16:28 UTC on the 21st) 1.5 days at 1.0195 degrees a day are lacking. */
const SUN = toDirection([268.34, -23.42])
/** Seconds of light from the sun to the Earth, at 0.984 astronomical units. */
const LIGHT_TIME = 0.984 * 499.005

/** By how much light from the one direction comes later to the Earth than to the sun, seconds. */
const lateness = (place: readonly [number, number]): number =>
  -LIGHT_TIME * toDirection(place).reduce((sum, value, axis) => sum + value * SUN[axis]!, 0)

test.skipIf(folder === null)(
  'times are corrected for where the target is on the solved frame, unless a person says where it is',
  async () => {
    const workspace = await openWorkspace({ name: 'target-position', pixels: createMemoryPixels() })
    const night = readdirSync(join(folder!, 'HatP32Dec202017')).sort()
    const some = new Set(night.filter((_, index) => index % 12 === 0).slice(0, 8))
    await loadFolder(workspace, join(folder!, 'HatP32Dec202017'), (name) => some.has(name))
    const draw = async (
      parameters: object = {},
    ): Promise<{ curve: LightCurveRecord; table: PhotometryTableRecord }> => {
      const { failures, id } = await runInProcess(workspace, {
        request: 'light_curve',
        parameters: { target: TARGET, detrend: [], radius: 5, ...parameters },
      })
      expect(failures).toEqual([])
      const [curve] = await workspace.lightcurves.listBy('order', id)
      const table = await workspace.photometryTables.get(curve?.table ?? '')
      if (curve === undefined || table === undefined) throw new Error('no curve')
      return { curve, table }
    }
    const pointed = await draw()
    expect(pointed.table.position?.source).toBe('pointing')
    await runInProcess(workspace, { request: 'solve' })
    const solved = await draw()
    const given = await draw({ position: { ra: PLACE[0], dec: PLACE[1] } })

    const { position } = solved.table
    expect(position?.source).toBe('solved')
    const away = arcsecondsBetween([position!.ra, position!.dec], PLACE)
    expect(away).toBeLessThan(2)
    // The record names the solution that its times depend on.
    const solutions = new Set((await workspace.plateSolutions.list()).map(({ id }) => id))
    expect(solved.table.inputs.filter((id) => solutions.has(id))).toHaveLength(1)
    expect(given.table.position).toEqual({ ra: PLACE[0], dec: PLACE[1], source: 'given' })

    const seconds = (one: LightCurveRecord, other: LightCurveRecord): number[] =>
      [...one.columns.bjd_tdb_mid].map((time, index) => (time - other.columns.bjd_tdb_mid[index]!) * 86_400)
    // Two arc seconds are 5 ms; a Julian date in a double is known to 0.04 ms.
    for (const difference of seconds(solved.curve, given.curve))
      expect(Math.abs(difference)).toBeLessThan(0.005)
    const { ra, dec } = pointed.table.position!
    const expected = lateness(PLACE) - lateness([ra, dec])
    console.log(
      `${away.toFixed(2)}" from the catalogue; the pointing ${(arcsecondsBetween([ra, dec], PLACE) / 60).toFixed(1)}' off, times ${expected.toFixed(3)} s`,
    )
    expect(Math.abs(expected)).toBeGreaterThan(0.1)
    for (const difference of seconds(solved.curve, pointed.curve))
      expect(Math.abs(difference - expected)).toBeLessThan(0.03 + 0.03 * Math.abs(expected))
    // And the target stands elsewhere above the horizon than the middle of the picture.
    expect(solved.curve.columns.airmass[0]).not.toBe(pointed.curve.columns.airmass[0])
    expect(solved.curve.columns.airmass[0]).toBeCloseTo(given.curve.columns.airmass[0]!, 4)
    workspace.close()
  },
  120_000,
)
