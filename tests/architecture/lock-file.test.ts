import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { findUnlisted } from '../../scripts/complete-lock.mjs'
import { findStale } from '../../scripts/install.mjs'

interface Lock {
  packages: Record<string, { version?: string }>
}

const readJson = (name: string): unknown =>
  JSON.parse(readFileSync(fileURLToPath(new URL(`../../${name}`, import.meta.url)), 'utf8'))

describe('the lock file', () => {
  it('names the optional packages of every system, so that a clean install works on each', () => {
    const { packages } = readJson('package-lock.json') as Lock
    expect(Object.keys(packages).length).toBeGreaterThan(100)
    expect(findUnlisted(packages)).toEqual([])
  })

  it('a missing optional package is found, nested or not', () => {
    const packages = {
      'node_modules/tool': {
        version: '1.0.0',
        dev: true,
        optionalDependencies: { 'tool-linux-x64': '1.0.0', near: '2.0.0' },
      },
      'node_modules/tool/node_modules/near': { version: '2.0.0' },
    }
    expect(findUnlisted(packages)).toEqual([{ name: 'tool-linux-x64', version: '1.0.0', dev: true }])
    expect(findUnlisted({ ...packages, 'node_modules/tool-linux-x64': { version: '1.0.0' } })).toEqual([])
  })
})

describe('what is installed', () => {
  const locked = {
    '': {},
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b': { version: '2.0.0', optional: true },
  }

  it('is complete without the packages of other systems', () => {
    expect(findStale(locked, { 'node_modules/a': { version: '1.0.0' } })).toEqual([])
  })

  it('is not complete without a package, or with another version of it', () => {
    expect(findStale(locked, {})).toEqual(['a'])
    expect(findStale(locked, { 'node_modules/a': { version: '1.0.1' } })).toEqual(['a'])
    expect(
      findStale(locked, { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '3.0.0' } }),
    ).toEqual(['b'])
  })

  it('is missing where an install was broken off', () => {
    expect(findStale(locked, null)).toEqual(['everything'])
  })
})
