import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { findChromium } from '../../scripts/find-chromium.mjs'

vi.mock('playwright', () => ({ chromium: { executablePath: () => '/nowhere/chrome' } }))

const folder = mkdtempSync(join(tmpdir(), 'asterism chromium '))

afterEach(() => vi.unstubAllEnvs())

const placeProgram = (name: string): string => {
  const path = join(folder, name)
  writeFileSync(path, '')
  chmodSync(path, 0o755)
  return path
}

describe('the Chromium of the tests', () => {
  it('is the one that is asked for', async () => {
    const path = placeProgram('my-chromium')
    vi.stubEnv('CHROMIUM_PATH', path)
    expect(await findChromium()).toBe(path)
  })

  it('and never another than that', async () => {
    vi.stubEnv('CHROMIUM_PATH', join(folder, 'missing'))
    await expect(findChromium()).rejects.toThrow('there is no program there')
  })

  it('else one on the PATH, by the order of names', async () => {
    vi.stubEnv('CHROMIUM_PATH', '')
    vi.stubEnv('PATH', folder)
    expect(await findChromium()).toBeNull()
    const chrome = placeProgram('google-chrome')
    expect(await findChromium()).toBe(chrome)
    const chromium = placeProgram('chromium-browser')
    expect(await findChromium()).toBe(chromium)
    rmSync(folder, { recursive: true })
  })
})
