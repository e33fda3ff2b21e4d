import { describe, expect, it } from 'vitest'
import { readExposures } from '../../web/ingest'
import { listBuiltInProfiles } from '../../web/ingest/instruments/built-in-profiles'
import { makeFrame } from '../science/fits/make-fits'
import { CAMERA_PROGRAM_HEADERS } from './camera-program-headers'
import { OBSERVATORY_HEADERS } from './observatory-headers'
import { SEQUENCER_HEADERS } from './sequencer-headers'

const HEADERS = [...CAMERA_PROGRAM_HEADERS, ...SEQUENCER_HEADERS, ...OBSERVATORY_HEADERS]

describe('a header as it comes from', () => {
  it.each(HEADERS)('$name', ({ cards, path = 'x001.fits', profile, facts, warning }) => {
    const bytes = makeFrame(cards.map((card) => card.slice(0, 80)))
    const exposure = readExposures({ path, bytes, sha256: '0'.repeat(64), batch: '', now: 0 }).exposures[0]
    expect(exposure?.profile).toBe(profile)
    expect(exposure?.facts).toMatchObject(facts)
    if (warning !== undefined) expect(exposure?.warnings.join(' ')).toContain(warning)
  })

  it('every family of cameras has one here or among the real ones', () => {
    const shown = new Set(HEADERS.map(({ profile }) => profile))
    // Read from real files in real-headers.test.ts.
    const real = ['micro-observatory', 'apogee-suhora', 'sbig', 'lco']
    // The same cards as another profile's header, with one name less.
    const plain = ['zwo', 'zwo-apt', 'nina', 'sharpcap', 'maxim-dl', 'apt', 'ccdsoft']
    const missing = listBuiltInProfiles()
      .map(({ name }) => name)
      .filter((name) => !shown.has(name) && !real.includes(name) && !plain.includes(name))
    expect(missing).toEqual([])
  })
})
