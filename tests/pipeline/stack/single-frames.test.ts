import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import { effectiveFacts } from '../../../web/core/frame'
import type { StackRecord } from '../../../web/core/stack'
import { median } from '../../../web/science/math/median'
import { listStackCards } from '../../../web/pipeline/export/picture-cards'
import { openWorkspace, type Workspace } from '../../../web/storage/workspace'
import { createMemoryPixels } from '../../support/memory-pixels'
import { readStackPlane } from '../../support/measure-stack'
import { runInProcess } from '../../support/run-in-process'
import { lookAt, scatterStars, takeSkyFrames, type SkyFrame } from '../../support/sky-frames'

const SEED = 'alone on the sky'
const CENTER = { ra: 211.3, dec: 12.4 }
const SIZE = { width: 300, height: 260 }
const [SKY, READ, GAIN] = [120, 6, 1.6]
const stars = scatterStars(CENTER, { count: 260, box: 1000, apart: 30, seed: SEED })

/** Two fields that have a narrow strip in common: nearly all of the mosaic is shown by one of them alone. */
const frames = (noisy: boolean, hasGain: boolean): SkyFrame[] =>
  [-1, 1].map((side) => ({
    name: `side-${side}.fits`,
    ...SIZE,
    wcs: lookAt({
      ra: CENTER.ra + (side * 0.47 * SIZE.width * 1.5) / Math.cos((CENTER.dec * Math.PI) / 180) / 3600,
      dec: CENTER.dec,
      scale: 1.5,
      rotation: 7 * side,
      bend: 0.7,
      ...SIZE,
    }),
    sigma: 1.8,
    sky: SKY,
    noise: noisy ? READ : 0,
    gain: GAIN,
    cards: hasGain ? [{ keyword: 'EGAIN', value: GAIN, floating: true }] : [],
  }))

const open = async (name: string, given: readonly SkyFrame[]): Promise<Workspace> => {
  const workspace = await openWorkspace({ name, pixels: createMemoryPixels() })
  await takeSkyFrames(workspace, given, stars, SEED)
  return workspace
}

const stackIn = async (workspace: Workspace, parameters: object): Promise<StackRecord> => {
  const { failures, result } = await runInProcess(workspace, {
    request: 'stack',
    parameters: {
      method: 'wcs',
      grid: 'north-up',
      normalisation: 'none',
      clamp: null,
      combine: { method: 'mean', rejection: 'none' },
      ...parameters,
    },
    frames: (await workspace.exposures.list()).map(({ id }) => id),
  })
  expect(failures).toEqual([])
  return (await workspace.stacks.get(String(result['frame'])))!
}

/** Root mean square of what noise did to pixels that one frame alone shows, in their own errors, on the sky and on stars. */
const measurePulls = async (
  [noisy, clean]: readonly [Workspace, Workspace],
  parameters: object,
): Promise<{ stack: StackRecord; sky: number; star: number; pixels: number }> => {
  const [stack, truth] = [await stackIn(noisy, parameters), await stackIn(clean, parameters)]
  expect([stack.width, stack.height]).toEqual([truth.width, truth.height])
  const [data, errors] = [
    await readStackPlane(noisy, stack, 'data'),
    await readStackPlane(noisy, stack, 'uncertainty'),
  ]
  const light = await readStackPlane(clean, truth, 'data')
  const level = median(light.filter(Number.isFinite))
  const sums = { sky: [0, 0], star: [0, 0] }
  for (const [pixel, value] of data.entries()) {
    const above = light[pixel]! / level - 1
    const pull = (value - light[pixel]!) / errors[pixel]!
    if (!Number.isFinite(pull) || !isAlone(stack, pixel)) continue
    const kind = above > 0.5 ? sums.star : Math.abs(above) < 0.02 ? sums.sky : null
    if (kind === null) continue
    kind[0]! += pull * pull
    kind[1]!++
  }
  return {
    stack,
    sky: Math.sqrt(sums.sky[0]! / sums.sky[1]!),
    star: Math.sqrt(sums.star[0]! / sums.star[1]!),
    pixels: sums.sky[1]! + sums.star[1]!,
  }
}

/** Beside the strip in the middle. */
const isAlone = ({ width, height }: StackRecord, pixel: number): boolean => {
  const [x, y] = [pixel % width, Math.floor(pixel / width)]
  return Math.abs(x - width / 2) > 60 && y > 12 && y < height - 12
}

describe(`pixels of a mosaic that one frame alone shows (seed ${SEED})`, () => {
  it.each([
    ['lanczos3', {}],
    ['bilinear', {}],
    ['nearest', {}],
    ['exact', {}],
    ['exact', { zoom: 0.6 }],
    ['drizzle', { pixfrac: 0.8 }],
    ['lanczos3', { combine: { method: 'sum', rejection: 'none' } }],
    ['lanczos3', { combine: { method: 'median', rejection: 'none' }, zoom: 1.4 }],
  ])('have errors that hold the noise of sky and photons: %s, %j', async (interpolation, parameters) => {
    const name = `${interpolation} ${JSON.stringify(parameters)}`
    const spaces = [
      await open(`noisy ${name}`, frames(true, true)),
      await open(`clean ${name}`, frames(false, true)),
    ] as const
    const { stack, sky, star, pixels } = await measurePulls(spaces, { interpolation, ...parameters })
    console.log(`${name}: ${pixels} pixels, pulls ${sky.toFixed(3)} on the sky, ${star.toFixed(3)} on stars`)
    expect(effectiveFacts((await spaces[0].exposures.list())[0]!).gain).toBe(GAIN)
    expect(pixels).toBeGreaterThan(20_000)
    for (const pull of [sky, star]) {
      expect(pull).toBeGreaterThan(0.9)
      expect(pull).toBeLessThan(1.1)
    }
    expect(stack.single?.noise).toBe('photons')
    const cards = new Map(listStackCards(stack).map(({ keyword, value }) => [keyword, value]))
    expect(cards.get('ERRSINGL')).toBe('photons')
    expect(cards.get('NSINGLE')).toBe(stack.single?.pixels)
    // Drops of 0.8 on pixels as large as the frames' own; nothing else makes neighbours alike by a rule.
    const ratio = interpolation === 'drizzle' ? 1 / (1 - 0.8 / 3) : undefined
    expect(cards.get('NOISERAT')).toBe(stack.noiseRatio)
    if (ratio === undefined) expect(stack.noiseRatio).toBeUndefined()
    else expect(stack.noiseRatio).toBeCloseTo(ratio, 2)
    expect(stack.single?.pixels).toBeGreaterThan(pixels)
  })

  it('say that they hold the noise of the sky alone where no gain is known', async () => {
    const spaces = [
      await open('noisy', frames(true, false)),
      await open('clean', frames(false, false)),
    ] as const
    const { stack, sky, star } = await measurePulls(spaces, {})
    expect(stack.single?.noise).toBe('sky')
    expect(Math.abs(sky - 1)).toBeLessThan(0.1)
    expect(star).toBeGreaterThan(1.3)
  })
})
