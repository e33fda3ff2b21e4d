import { expect } from 'vitest'
import type { Combine } from '../../../web/core/combine'
import { type CalibrationPlanes } from '../../../web/science/calibration/calibration-planes'
import { combinePlanes } from '../../../web/science/calibration/combine-planes'
import { drawLcg } from './lcg-frames'

export interface Numbers {
  readonly sum: number
  readonly finite: number
  readonly picked: readonly (number | null)[]
}
export interface Summary {
  readonly width: number
  readonly height: number
  readonly data: Numbers
  readonly uncertainty: Numbers | null
  readonly masked: number
  readonly places: number
}

export const close = (found: number, wanted: number, scale = Math.abs(wanted)): boolean =>
  Math.abs(found - wanted) <= 1e-6 * scale

const expectNumbers = (values: Float64Array, wanted: Numbers, name: string): void => {
  let [finite, sum, size] = [0, 0, 0]
  for (const value of values) {
    if (value - value !== 0) continue
    finite++
    sum += value
    size += Math.abs(value)
  }
  expect({ name, finite }).toEqual({ name, finite: wanted.finite })
  expect({ name, sum, close: close(sum, wanted.sum, size) }).toEqual({ name, sum, close: true })
  const draw = drawLcg(values.length)
  for (const value of wanted.picked) {
    const found = values[Math.floor(draw() * values.length)]!
    const alike = value === null ? !Number.isFinite(found) : close(found, value)
    expect({ name, found, value, alike }).toEqual({ name, found, value, alike: true })
  }
}

export const expectPlanes = (planes: CalibrationPlanes, wanted: Summary, name: string): void => {
  expect([planes.width, planes.height]).toEqual([wanted.width, wanted.height])
  expectNumbers(planes.data, wanted.data, `${name}: data`)
  expect(planes.uncertainty === null).toBe(wanted.uncertainty === null)
  if (wanted.uncertainty !== null)
    expectNumbers(planes.uncertainty!, wanted.uncertainty, `${name}: uncertainty`)
  let [masked, places] = [0, 0]
  planes.mask.forEach((value, i) => {
    if (value === 0) return
    masked++
    places += i
  })
  expect({ name, masked, places }).toEqual({ name, masked: wanted.masked, places: wanted.places })
}

export const plain = (data: Float64Array, [width, height]: readonly [number, number]): CalibrationPlanes => ({
  width,
  height,
  data,
  uncertainty: null,
  mask: new Uint8Array(data.length),
})

export interface CombineCase extends Summary {
  readonly combine: object
  readonly scales: readonly number[] | null
  readonly weights: readonly number[] | null
  readonly counts: number
  readonly countPlaces: number
}

export const expectCombination = (frames: readonly CalibrationPlanes[], wanted: CombineCase): void => {
  const combine = wanted.combine as Combine
  const result = combinePlanes({
    frames,
    combine,
    scales: wanted.scales ?? undefined,
    weights: wanted.weights ?? undefined,
  })
  const name = JSON.stringify({ ...combine, scaled: wanted.scales !== null })
  expectPlanes(result, wanted, name)
  const counts = result.count.reduce((sum, count) => sum + count, 0)
  const places = result.count.reduce((sum, count, i) => sum + count * i, 0)
  expect({ name, counts, places }).toEqual({ name, counts: wanted.counts, places: wanted.countPlaces })
}
