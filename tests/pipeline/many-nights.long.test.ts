import 'fake-indexeddb/auto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { idleTask } from '../../web/core/task'
import { ingestInput } from '../../web/ingest/ingest-files'
import { createStorageSink } from '../../web/ingest/storage-sink'
import { writeFitsImage } from '../../web/science/fits'
import { simulateNight, transitNight, type CatalogueStar } from '../../web/science/simulator'
import { openWorkspace } from '../../web/storage/workspace'
import { fitDepth } from '../support/fit-depth'
import { createMemoryPixels } from '../support/memory-pixels'
import { runInProcess } from '../support/run-in-process'

const FIELD = JSON.parse(readFileSync('public/demo/field-hat-p-32.json', 'utf8')) as {
  stars: CatalogueStar[]
}

describe('whole simulated nights, raw frames to depth', () => {
  it.each(['long 1', 'long 2', 'long 3', 'long 4'])(
    'seed %s: the depth is the true one within three sigma',
    async (seed) => {
      const workspace = await openWorkspace({ name: seed, pixels: createMemoryPixels() })
      // The last one crosses the meridian: half of its night stands on its head.
      const changes =
        seed === 'long 4' ? { pointing: { ...transitNight(FIELD.stars).pointing, flipAt: 40 } } : {}
      const night = simulateNight(transitNight(FIELD.stars, { seed, ...changes }))
      const sink = createStorageSink(workspace)
      for (let index = 0; index < night.frameCount; index++) {
        const frame = night.render(index)
        const bytes = writeFitsImage({ image: frame, header: [], added: frame.cards, bitpix: 16 })
        await ingestInput({ path: frame.name, blob: new Blob([bytes]), batch: 'night' }, sink, idleTask())
      }
      const truth = night.truth()
      const place = async () => {
        const report = await runInProcess(workspace, { request: 'register' })
        const choice = report.steps.find((step) => step.name === 'choose-reference')
        const exposure = await workspace.exposures.get(String(choice?.result['exposure']))
        const light = truth.lights.find(({ name }) => name.split('/').at(-1) === exposure?.name)
        return {
          x: light?.x[truth.target] ?? NaN,
          y: light?.y[truth.target] ?? NaN,
          registered: report.steps.filter((step) => step.name === 'match-frame' && step.state === 'done')
            .length,
        }
      }
      const { registered, ...target } = await place()
      expect(registered).toBe(80)
      const report = await runInProcess(workspace, { request: 'light_curve', parameters: { target } })
      expect(report.status).toBe('done')
      const [curve] = await workspace.lightcurves.list()
      if (curve === undefined) throw new Error('no light curve')
      const names = new Map(
        (await workspace.exposures.list()).map((exposure) => [exposure.id, exposure.name]),
      )
      const points = curve.columns.frame.map((frame, index) => ({
        frame,
        flux: curve.columns.flux[index] ?? NaN,
        flux_error: curve.columns.flux_error[index] ?? NaN,
        airmass: curve.columns.airmass[index] ?? NaN,
      }))
      const model = new Map(
        points.flatMap(({ frame }) => {
          const light = truth.lights.find(({ name }) => name.split('/').at(-1) === names.get(frame))
          return light === undefined ? [] : [[frame, light.transit] as const]
        }),
      )
      const { scale, error } = fitDepth(points, model)
      console.log(
        `${seed}: ${registered} registered, depth over the true one ${scale.toFixed(3)} +- ${error.toFixed(3)}`,
      )
      expect(Math.abs(scale - 1)).toBeLessThan(3 * error)
      expect(error).toBeLessThan(0.1)
    },
  )
})
