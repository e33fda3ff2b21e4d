import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { degrees, jdUtc, type JdTt } from '../../../web/core/units'
import { compareTrends } from '../../../web/science/lightcurve/detrend'
import { findDip } from '../../../web/science/lightcurve/find-dip'
import { flagOutliers } from '../../../web/science/lightcurve/flag-outliers'
import { measureTransitWindow } from '../../../web/science/lightcurve/transit-window'
import { airmassAt } from '../../../web/science/time/horizon'
import { barycentricLightTime } from '../../../web/science/time/light-travel-time'
import { ttToUtc } from '../../../web/science/time/time-scales'
import { requireShared } from '../../support/shared-data'

const path = requireShared('data/hatp32_transit/reference/sampledata.json')

const direction = {
  rightAscension: degrees((2 + 4 / 60 + 10 / 3600) * 15),
  declination: degrees(46 + 41 / 60 + 23 / 3600),
}
const site = { latitude: degrees(31.68), longitude: degrees(-110.88), elevation: 2616, name: null }
const MID = 2458107.71406

const readSeries = (file: string) => {
  const raw = JSON.parse(readFileSync(file, 'utf8')) as { time: number[]; flux: number[] }
  const time = Float64Array.from(raw.time)
  const toUtc = (bjd: number) => {
    const nearly = ttToUtc(bjd as JdTt)
    return jdUtc(nearly - barycentricLightTime({ time: nearly, direction, site }) / 86400)
  }
  return {
    time,
    flux: Float64Array.from(raw.flux),
    airmass: time.map((bjd) => airmassAt(toUtc(bjd), direction, site)),
  }
}

describe.skipIf(path === null)('the 140 points of HAT-P-32 that EXOTIC published', () => {
  const series = path === null ? null : readSeries(path)

  it('scatter 0.62 % outside |t| < 1.62 h and lie 2.62 % lower within 1.2 h', () => {
    if (series === null) return
    const window = measureTransitWindow({ ...series, mid: MID, halfInner: 1.2 / 24, halfOuter: 1.62 / 24 })
    expect(window.rms * 100).toBeCloseTo(0.62, 1)
    expect(Math.abs(window.rms * 100 - 0.62)).toBeLessThan(0.01)
    // 2.71 with the air mass at the right instant, 2.61 when BJD is read as UTC (240 s late): one sigma is 0.11.
    expect(Math.abs(window.depth * 100 - 2.62)).toBeLessThan(window.depthError * 100)
    expect(window.inside + window.outside).toBe(123)
  })

  it('show the transit without any prior, its middle to 3 minutes, when air mass is fitted with it', () => {
    if (series === null) return
    const dip = findDip({ ...series, regressors: [{ name: 'airmass', values: series.airmass }] })
    if (dip === null) throw new Error('nothing found')
    expect(Math.abs(dip.mid - MID) * 1440).toBeLessThan(3)
    expect((dip.end - dip.start) * 24).toBeGreaterThan(2.4)
    expect((dip.end - dip.start) * 24).toBeLessThan(3.2)
    expect(dip.significance).toBeGreaterThan(15)
  })

  it('ask for air mass, not for a line in time, and hold few outliers', () => {
    if (series === null) return
    const outside = Uint8Array.from(series.time, (t) => (Math.abs(t - MID) > 1.62 / 24 ? 1 : 0))
    const regressors = [
      { name: 'airmass', values: series.airmass },
      { name: 'time', values: series.time },
    ]
    const single = compareTrends({ flux: series.flux, regressors, outside }, 1)
    expect(single.map((choice) => choice.names)).toEqual([['airmass'], ['time'], []])
    const flags = flagOutliers(series.flux, new Uint8Array(140))
    expect(flags.filter((flag) => flag !== 0).length).toBeLessThan(3)
  })
})
