import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { applyTransform } from '../../../web/core/transform'
import { degrees, jdUtc } from '../../../web/core/units'
import { detectStars } from '../../../web/science/detection/detect-stars'
import { chooseAperture } from '../../../web/science/lightcurve/choose-aperture'
import { computeDifferential } from '../../../web/science/lightcurve/differential-flux'
import { findDip } from '../../../web/science/lightcurve/find-dip'
import { proposeComparisons } from '../../../web/science/lightcurve/propose-comparisons'
import { trustedFlux } from '../../../web/science/lightcurve/screen-stars'
import { measureTransitWindow } from '../../../web/science/lightcurve/transit-window'
import { measureStar, type StarMeasurement } from '../../../web/science/photometry/measure-star'
import { matchStars } from '../../../web/science/registration/match-stars'
import { airmassAt } from '../../../web/science/time/horizon'
import { parseIsoUtc } from '../../../web/science/time/iso-utc'
import { toBjdTdb } from '../../../web/science/time/light-travel-time'
import { midExposure } from '../../../web/science/time/time-scales'
import { listHatp32Frames, readHatp32Frame } from '../../support/read-hatp32'
import { requireShared } from '../../support/shared-data'

const folder = requireShared('data/hatp32_transit/HatP32Dec202017')

const RADII = [2.5, 3, 4, 6]
const SATURATION = 4095
const DIRECTION = {
  rightAscension: degrees((2 + 4 / 60 + 10 / 3600) * 15),
  declination: degrees(46 + 41 / 60 + 23 / 3600),
}
const SITE = { latitude: degrees(31.68), longitude: degrees(-110.88), elevation: 2616, name: null }
const MID = 2458107.71406

/** The target first, then the brightest stars of the first frame, measured in all frames. */
const measureNight = async (paths: readonly string[]): Promise<StarMeasurement[][]> => {
  const detection = { threshold: 5, fwhm: 'auto', saturation: SATURATION } as const
  const reference = await detectStars(readHatp32Frame(paths[0]!), detection)
  const distance = (star: { x: number; y: number }): number => Math.hypot(star.x - 424, star.y - 286)
  const target = reference.reduce((best, star) => (distance(star) < distance(best) ? star : best))
  const stars = [target, ...reference.filter((star) => star !== target).slice(0, 60)]
  const night: StarMeasurement[][] = stars.map(() => [])
  for (const path of paths) {
    const frame = readHatp32Frame(path)
    const { transform } = matchStars(reference, await detectStars(frame, detection))
    const places = stars.map((star) => applyTransform(transform, star))
    const options = {
      radii: RADII,
      annulus: [10, 18],
      gain: null,
      readNoise: null,
      saturation: SATURATION,
      centroid: true,
    } as const
    places.forEach((place, k) =>
      night[k]!.push(measureStar(frame, place, { ...options, neighbours: places })),
    )
  }
  return night
}

test.skipIf(folder === null)(
  'the raw night of HAT-P-32 gives its transit without being told anything but the target',
  async () => {
    const paths = listHatp32Frames(folder!)
    const night = await measureNight(paths)
    const column = (star: number, pick: (one: StarMeasurement) => number): Float64Array =>
      Float64Array.from(night[star]!, pick)
    const starAt = (star: number, radius: number) => ({
      name: String(star),
      flux: column(star, (one) => one.fluxes[radius]!),
      error: column(star, (one) => one.errors[radius]!),
      flags: Uint8Array.from(night[star]!, (one) => one.flags),
      x: column(star, (one) => one.x),
      y: column(star, (one) => one.y),
      peak: column(star, (one) => one.peak),
    })
    const utc = paths.map((path) => {
      const header = gunzipSync(readFileSync(path)).toString('latin1', 0, 8640)
      return midExposure(
        parseIsoUtc(/UT-OBS\s*=\s*'([^']+)'/.exec(header)?.[1] ?? '') ?? jdUtc(Number.NaN),
        60,
      )
    })
    const time = Float64Array.from(utc, (at) => toBjdTdb({ time: at, direction: DIRECTION, site: SITE }))
    const airmass = Float64Array.from(utc, (at) => airmassAt(at, DIRECTION, SITE))

    const proposal = proposeComparisons({
      stars: [...night.keys()].map((star) => starAt(star, 2)),
      target: 0,
      width: 650,
      height: 500,
      radius: RADII[2]!,
      saturation: SATURATION,
      regressors: [{ name: 'airmass', values: airmass }],
    })
    const codes = proposal.verdicts.map((verdict) => verdict.code)
    expect(proposal.chosen.length).toBeGreaterThanOrEqual(5)
    // Stars brighter than three times the target saturate the 12-bit camera; the field drifts by 270 pixels.
    expect(codes.filter((code) => code === 'saturated').length).toBeGreaterThanOrEqual(10)
    expect(codes.filter((code) => code === 'leaves-frame').length).toBeGreaterThanOrEqual(20)

    const series = RADII.map((radius, k) => {
      const stars = [0, ...proposal.chosen].map((star) => starAt(star, k))
      const fluxes = stars.map((star) => trustedFlux(star.flux, star.flags))
      return {
        radius,
        target: fluxes[0]!,
        targetError: stars[0]!.error,
        comparisons: fluxes.slice(1),
        comparisonErrors: stars.slice(1).map((star) => star.error),
        weights: proposal.weights,
      }
    })
    const choice = chooseAperture(series)
    expect([3, 4]).toContain(choice.radius)
    const { flux } = computeDifferential(series[2]!)
    const window = measureTransitWindow({
      time,
      flux,
      mid: MID,
      halfInner: 1.2 / 24,
      halfOuter: 1.62 / 24,
      airmass,
    })
    const dip = findDip({ time, flux, regressors: [{ name: 'airmass', values: airmass }] })
    if (process.env['SHOW'] !== undefined)
      console.log(
        proposal.verdicts.filter((v) => v.chosen),
        proposal.verdicts.filter((v) => v.code === 'variable'),
        choice,
        window,
        dip,
      )
    // Two comparisons and a straight line gave 0.59 %, EXOTIC's fit leaves 0.55 %.
    expect(window.rms).toBeLessThan(0.0056)
    expect(Math.abs(window.depth - 0.0262)).toBeLessThan(0.002)
    expect(dip === null ? Number.NaN : Math.abs(dip.mid - MID) * 1440).toBeLessThan(6)
    expect(dip === null ? Number.NaN : Math.abs((dip.end - dip.start) * 24 - 2.8)).toBeLessThan(0.5)
  },
  180_000,
)
