import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parsePixelSection } from '../../../web/core/pixel-section'
import {
  runCalibrationChain,
  type CalibrationChain,
} from '../../../web/science/calibration/calibration-chain'
import {
  correctFlat,
  correctGain,
  createDeviation,
  subtractMaster,
  subtractOverscan,
  trimImage,
  type CalibrationPlanes,
} from '../../../web/science/calibration/calibration-planes'
import { combinePlanes } from '../../../web/science/calibration/combine-planes'
import { median } from '../../../web/science/math/median'
import { requireShared } from '../../support/shared-data'
import { readGzippedImage } from '../../support/read-gzipped-image'
import golden from '../../golden/calibration/ccdproc-chain.json'

import { expectCombination, expectPlanes, plain, type Summary } from './expect-planes'
const bytesOf = (values: Float64Array | null): Buffer =>
  values === null ? Buffer.alloc(0) : Buffer.from(values.buffer, values.byteOffset, values.byteLength)

describe.each(golden.real)(`real frames of $set against ccdproc ${golden.versions.ccdproc}`, (recipe) => {
  const folder = requireShared(recipe.set)
  const read = (name: string): CalibrationPlanes => {
    const { width, height, data } = readGzippedImage(join(folder!, `${name}.gz`))
    return plain(Float64Array.from(data), [width, height])
  }

  test.skipIf(folder === null)(
    'every step of masters and light',
    () => {
      const steps = new Map<string, Summary>(recipe.steps.map((step) => [step.step, step]))
      const record = (name: string, planes: CalibrationPlanes): CalibrationPlanes => {
        expectPlanes(planes, steps.get(name)!, name)
        steps.delete(name)
        return planes
      }
      const prepare = (name: string): CalibrationPlanes => {
        let frame = read(name)
        if (recipe.overscan !== null)
          frame = subtractOverscan(frame, parsePixelSection(recipe.overscan)!, {
            axis: 'rows',
            method: 'median',
            model: { basis: 'chebyshev', degree: 2 },
          })
        return recipe.trim === null ? frame : trimImage(frame, parsePixelSection(recipe.trim)!)
      }
      const stack = (frames: CalibrationPlanes[], method: 'mean' | 'median', scales?: number[]) =>
        combinePlanes({ frames, combine: { method, rejection: 'none' }, scales })

      const [darkTime, flatTime, lightTime] = recipe.exposures as [number, number, number]
      const bias =
        recipe.bias.length === 0
          ? undefined
          : record('master-bias', stack(recipe.bias.map(prepare), 'median'))
      const withoutBias = (frame: CalibrationPlanes) =>
        bias === undefined ? frame : subtractMaster(frame, bias)
      const dark = record(
        'master-dark',
        stack(
          recipe.dark.map((name) => withoutBias(prepare(name))),
          'mean',
        ),
      )
      const flats = recipe.flat.map((name) =>
        subtractMaster(withoutBias(prepare(name)), dark, flatTime / darkTime),
      )
      const scales = flats.map(({ data }) => 1 / median(data))
      const flat = record('master-flat', stack(flats, 'median', scales))

      const prepared = record('prepared', prepare(recipe.light))
      const { gain, readNoise, gainFirst } = recipe
      record('deviation', createDeviation(prepared, { gain, readNoise, negative: 'read-noise' }))
      const badPixels = Uint8Array.from(dark.data, (value) => (value > recipe.badAbove ? 1 : 0))
      const inElectrons = (master: CalibrationPlanes) => (gainFirst ? correctGain(master, gain) : master)
      const chain: CalibrationChain = {
        deviation: { gain, readNoise, negative: 'read-noise' },
        badPixels,
        gain: { value: gain, first: gainFirst },
        bias: bias === undefined ? undefined : inElectrons(bias),
        dark: { master: inElectrons(dark), factor: lightTime / darkTime },
        flat: { master: flat, minimum: 0.05 },
      }
      // One step after the other, and then the chain at one go.
      let frame: CalibrationPlanes = {
        ...createDeviation(prepared, { gain, readNoise, negative: 'read-noise' }),
        mask: badPixels,
      }
      if (gainFirst) frame = record('gain', correctGain(frame, gain))
      if (chain.bias !== undefined) frame = record('bias', subtractMaster(frame, chain.bias))
      frame = record('dark', subtractMaster(frame, chain.dark!.master, chain.dark!.factor))
      frame = record('flat', correctFlat(frame, flat, { minimum: 0.05 }))
      if (!gainFirst) frame = record('gain', correctGain(frame, gain))
      const whole = runCalibrationChain(prepared, chain)
      // A million values: compared as bytes, which takes a moment and not ten seconds.
      expect(bytesOf(whole.data).equals(bytesOf(frame.data))).toBe(true)
      expect(bytesOf(whole.uncertainty).equals(bytesOf(frame.uncertainty))).toBe(true)
      expect([...steps.keys()]).toEqual([])
    },
    120_000,
  )

  test.skipIf(folder === null)(
    'every way of combining a window of $stacked',
    () => {
      const [left, top, width, height] = recipe.window as [number, number, number, number]
      const section = { x: [left, left + width], y: [top, top + height] } as const
      const frames = recipe.stacked.map((name) => trimImage(read(name), section))
      expect(recipe.combinations.length).toBeGreaterThan(40)
      for (const wanted of recipe.combinations) expectCombination(frames, wanted)
    },
    120_000,
  )
})
