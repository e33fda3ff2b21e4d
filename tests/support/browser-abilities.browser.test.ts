import { describe, expect, inject, it } from 'vitest'

/** What the app and its tests count on in the browser that runs them. A test that fails here explains many others. */
describe('the browser of the tests', () => {
  it('has a database, private files and locks', async () => {
    expect(typeof indexedDB.open).toBe('function')
    expect(typeof (await navigator.storage.getDirectory()).getFileHandle).toBe('function')
    expect(typeof navigator.locks.request).toBe('function')
  })

  it('runs WebAssembly with SIMD', () => {
    // A module with one function that is v128.const 0, i8x16.popcnt, drop.
    const code = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 25, 1, 23, 0, 0xfd, 12]
    const bytes = new Uint8Array([...code, ...Array<number>(16).fill(0), 0xfd, 0x62, 0x1a, 0x0b])
    expect(WebAssembly.validate(bytes)).toBe(true)
  })

  it('has a WebGPU adapter, be it software', async ({ skip }) => {
    const adapter = await navigator.gpu?.requestAdapter()
    if (adapter === null || adapter === undefined) {
      if (inject('requireAll')) throw new Error('REQUIRE_ALL=1 and there is no WebGPU adapter')
      skip('this browser has no WebGPU adapter')
      return
    }
    const device = await adapter.requestDevice()
    expect(device.limits.maxComputeInvocationsPerWorkgroup).toBeGreaterThanOrEqual(256)
    device.destroy()
  })
})
