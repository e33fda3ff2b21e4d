import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { degrees, jdUtc } from '../../../web/core/units'
import { parseIsoUtc } from '../../../web/science/time/iso-utc'
import { toBjdTdb } from '../../../web/science/time/light-travel-time'
import { midExposure } from '../../../web/science/time/time-scales'
import { requireShared } from '../../support/shared-data'

const folder = requireShared('data/hatp32_transit')

it.skipIf(folder === null)('BJD_TDB at mid-exposure of HAT-P-32 is that of EXOTIC to 0.02 s', () => {
  if (folder === null) return
  const reference = JSON.parse(readFileSync(join(folder, 'reference/sampledata.json'), 'utf8')) as {
    time: number[]
  }
  const frames = readdirSync(join(folder, 'HatP32Dec202017')).filter((name) => name.endsWith('.gz'))
  const direction = {
    rightAscension: degrees((2 + 4 / 60 + 10 / 3600) * 15),
    declination: degrees(46 + 41 / 60 + 23 / 3600),
  }
  const site = { latitude: degrees(31.68), longitude: degrees(-110.88), elevation: 2616, name: null }
  const times = frames.map((name) => {
    const text = gunzipSync(readFileSync(join(folder, 'HatP32Dec202017', name))).toString('latin1', 0, 8640)
    const start = parseIsoUtc(/UT-OBS\s*=\s*'([^']+)'/.exec(text)?.[1] ?? '') ?? jdUtc(Number.NaN)
    return toBjdTdb({ time: midExposure(start, 60), direction, site })
  })
  expect(times.length).toBe(142)
  const differences = reference.time.map((time) => {
    const nearest = times.reduce((best, other) =>
      Math.abs(other - time) < Math.abs(best - time) ? other : best,
    )
    return (nearest - time) * 86400
  })
  expect(differences.length).toBe(140)
  expect(Math.max(...differences.map(Math.abs))).toBeLessThan(0.02)
})
