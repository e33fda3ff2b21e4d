import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import { idleTask } from '../../../web/core/task'
import { readRegion, rowsAtATime, saturationOf } from '../../../web/pipeline/camera/read-region'
import { openRoom } from '../../../web/pipeline/strips/strip-room'
import { openWorkspace } from '../../../web/storage/workspace'
import { createMemoryPixels } from '../../support/memory-pixels'
import { openTestCompute } from '../../support/run-in-process'
import { sampleExposure } from '../../storage/sample-records'

describe('a region of a frame', () => {
  it('of one that is too wide for one go comes in pieces that fit together', async () => {
    const [width, height] = [60_000, 90]
    const sample = sampleExposure('wide')
    const exposure = {
      ...sample,
      width,
      height,
      pixels: {
        ...sample.pixels,
        bitpix: 16 as const,
        bzero: 0,
        bscale: 1,
        dataOffset: 0,
        dataLength: 2 * width * height,
      },
    }
    const valueAt = (pixel: number): number => (pixel * 7919) % 30_011
    const bytes = new Uint8Array(2 * width * height)
    const view = new DataView(bytes.buffer)
    for (let pixel = 0; pixel < width * height; pixel++) view.setInt16(2 * pixel, valueAt(pixel))
    const pixels = createMemoryPixels()
    await pixels.write(exposure.pixels.bytesId, bytes)
    const workspace = await openWorkspace({ name: 'wide', pixels })
    const compute = await openTestCompute()
    const region = { left: 59_000, top: 3, width: 1000, height: 80 }
    expect(rowsAtATime(exposure)).toBeLessThan(region.height / 2)
    const values = await compute.inTurn(() =>
      readRegion(openRoom({ workspace, compute, task: idleTask() }), exposure, region),
    )
    const wrong = values.findIndex(
      (value, index) =>
        value !==
        valueAt(
          (region.top + Math.floor(index / region.width)) * width + region.left + (index % region.width),
        ),
    )
    expect(wrong).toBe(-1)
    workspace.close()
  })

  it('knows from which value on a pixel is full', () => {
    const { pixels, facts, ...rest } = sampleExposure('a')
    const full = (change: Partial<typeof pixels>) =>
      saturationOf({ ...rest, facts: { ...facts, saturation: null }, pixels: { ...pixels, ...change } })
    expect(full({ bitpix: 16, bzero: 32_768, bscale: 1 })).toBe(65_535)
    expect(full({ bitpix: 8, bzero: 0, bscale: 1 })).toBe(255)
    expect(full({ bitpix: -32 })).toBeNull()
    expect(saturationOf({ ...rest, facts: { ...facts, saturation: 4000 }, pixels })).toBe(4000)
  })
})
