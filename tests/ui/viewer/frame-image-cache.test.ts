import { describe, expect, it } from 'vitest'
import { FrameImageCache } from '../../../web/ui/viewer/frame-image-cache'
import { reshapeAperture } from '../../../web/ui/viewer/overlay'

/** A thousand bytes a frame. */
const bench = (maximumBytes: number) => {
  const loaded: string[] = []
  const cache = new FrameImageCache((id) => {
    loaded.push(id)
    return id === 'bad'
      ? Promise.reject(new Error('cut short'))
      : Promise.resolve({ width: 25, height: 10, data: new Float32Array(250) })
  }, maximumBytes)
  return { cache, loaded }
}

describe('frames kept in memory', () => {
  it('loads a frame once and drops the one that was used longest ago', async () => {
    const { cache, loaded } = bench(2500)
    await cache.get('a')
    await cache.get('b')
    await cache.get('a')
    await cache.get('c')
    expect(loaded).toEqual(['a', 'b', 'c'])
    expect(cache.heldBytes).toBe(2000)
    expect([cache.peek('a'), cache.peek('b'), cache.peek('c')].map((image) => image !== null)).toEqual([
      true,
      false,
      true,
    ])
  })

  it('keeps the frame just asked for even when it alone is too large', async () => {
    const { cache } = bench(10)
    await cache.get('a')
    expect(cache.peek('a')).not.toBeNull()
    await cache.get('b')
    expect(cache.peek('a')).toBeNull()
    expect(cache.peek('b')).not.toBeNull()
  })

  it('forgets a failure, so that another try is one', async () => {
    const { cache, loaded } = bench(5000)
    cache.prefetch(['bad'])
    await expect(cache.get('bad')).rejects.toThrow('cut short')
    await expect(cache.get('bad')).rejects.toThrow('cut short')
    expect(loaded).toEqual(['bad', 'bad'])
  })
})

describe('apertures under the hand', () => {
  const shape = { radius: 4, annulus: [9, 14] } as const

  it('pushes the larger circles outwards and stops at the smaller ones', () => {
    expect(reshapeAperture(shape, 'radius', 11.04)).toEqual({ radius: 11, annulus: [11.5, 14] })
    expect(reshapeAperture(shape, 'radius', 20)).toEqual({ radius: 20, annulus: [20.5, 21] })
    expect(reshapeAperture(shape, 'inner', 1)).toEqual({ radius: 4, annulus: [4.5, 14] })
    expect(reshapeAperture(shape, 'inner', 16)).toEqual({ radius: 4, annulus: [16, 16.5] })
    expect(reshapeAperture(shape, 'outer', 2)).toEqual({ radius: 4, annulus: [9, 9.5] })
    expect(reshapeAperture(shape, 'radius', -3).radius).toBe(0.5)
  })
})
