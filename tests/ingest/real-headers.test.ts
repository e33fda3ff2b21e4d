import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { ExposureRecord } from '../../web/core/frame'
import { hashBytes } from '../../web/core/ids'
import { readExposures } from '../../web/ingest'
import { requireShared } from '../support/shared-data'

const readOne = async (path: string): Promise<ExposureRecord> => {
  const packed = readFileSync(path)
  const bytes = new Uint8Array(path.endsWith('.gz') ? gunzipSync(packed) : packed)
  const { exposures } = readExposures({
    path: basename(path).replace(/\.gz$/, ''),
    bytes,
    sha256: await hashBytes(bytes),
    batch: 'test',
  })
  expect(exposures.length).toBe(1)
  return exposures[0]!
}

const readFolder = (folder: string, pattern: RegExp): Promise<ExposureRecord[]> =>
  Promise.all(
    readdirSync(folder)
      .filter((name) => pattern.test(name))
      .sort()
      .map((name) => readOne(join(folder, name))),
  )

const kindsByName = (exposures: readonly ExposureRecord[]): Record<string, string> =>
  Object.fromEntries(exposures.map((exposure) => [exposure.name, exposure.facts.kind]))

const hatp32 = requireShared('data/hatp32_transit/HatP32Dec202017')
describe.skipIf(hatp32 === null)('the night of HAT-P-32 b', () => {
  it('reads every trap of its header', async () => {
    const exposure = await readOne(join(hatp32 ?? '', 'HATP-32171220013343.FITS.gz'))
    expect(exposure.profile).toBe('micro-observatory')
    expect([exposure.width, exposure.height]).toEqual([650, 500])
    expect(exposure.facts).toMatchObject({
      kind: 'light',
      telescope: 'Cecilia',
      instrument: 'Main',
      night: '2017-12-19+20',
      filter: 'Clear',
      exposure: 60,
      dateObs: '2017-12-20T01:33:43.317Z',
      saturation: 4095,
      object: 'HAT-P-32',
      gain: null,
      readNoise: null,
      pixelScale: 5.21,
      rightAscension: 31.312099,
      declination: 46.769087,
    })
    expect(exposure.facts.site).toMatchObject({
      latitude: 31.68,
      longitude: -110.88,
      name: 'Whipple Observatory',
    })
    expect(exposure.facts.temperature).toBeCloseTo(-2.15, 6)
    expect(exposure.sources).toMatchObject({
      kind: 'profile',
      saturation: 'profile',
      exposure: 'header',
      object: 'profile',
    })
    expect(exposure.warnings).toEqual([])
  })

  it('puts all 142 frames into one night, in time order by name, three minutes apart', async () => {
    const exposures = await readFolder(hatp32 ?? '', /\.FITS\.gz$/)
    expect(exposures.length).toBe(142)
    expect(new Set(exposures.map((exposure) => exposure.facts.night))).toEqual(new Set(['2017-12-19+20']))
    const times = exposures.map((exposure) => Date.parse(exposure.facts.dateObs ?? ''))
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(exposures.at(-1)?.facts.dateObs?.slice(0, 13)).toBe('2017-12-20T08')
    expect(new Set(exposures.map((exposure) => exposure.id)).size).toBe(142)
  })
})

const suhora = requireShared('data/suhora_polarimetry')
describe.skipIf(suhora === null)('a polarimeter on Mount Suhora', () => {
  it('knows the kind of every frame from IMAGETYP and keeps GAIN as a setting', async () => {
    const exposures = await readFolder(suhora ?? '', /\.fits\.gz$/)
    expect(exposures.length).toBe(13)
    for (const exposure of exposures) {
      const expected = /^(bias|dark|flat)/.exec(exposure.name)?.[1] ?? 'light'
      expect(exposure.facts.kind, exposure.name).toBe(expected)
      expect(exposure.profile).toBe('apogee-suhora')
      expect(exposure.facts).toMatchObject({
        gain: null,
        gainSetting: 1,
        instrument: 'Apogee Aspen-47',
        saturation: 65_535,
      })
      expect(exposure.sources.kind).toBe('header')
      expect(exposure.facts.site).toMatchObject({ latitude: 49.5692, longitude: 20.0672, elevation: 1000 })
    }
  })

  it('joins DATE-OBS and TIME-OBS, and reads hours of right ascension', async () => {
    const exposure = await readOne(join(suhora ?? '', 'oj287p1-r120s0017.fits.gz'))
    expect(exposure.facts).toMatchObject({
      dateObs: '2020-03-26T22:11:53.000Z',
      night: '2020-03-26+27',
      filter: 'P1-R',
      exposure: 120,
      object: 'oj287',
      temperature: -44.97,
    })
    expect(exposure.facts.rightAscension).toBeCloseTo((8 + 54 / 60 + 48.9 / 3600) * 15, 9)
    expect(exposure.facts.declination).toBeCloseTo(20 + 6 / 60 + 31 / 3600, 9)
    // The header's JD is the middle of the exposure, given to 0.04 s.
    const middle = Date.parse(exposure.facts.dateObs ?? '') / 86_400_000 + 2_440_587.5 + 60 / 86_400
    expect(Math.abs(middle - 2_458_935.425613)).toBeLessThan(1e-6)
  })
})

const stl1001 = requireShared('data/stl1001_ptc')
describe.skipIf(stl1001 === null)('a camera test with an STL-1001', () => {
  it('tells flats that the camera calls light frames from their names', async () => {
    const exposures = await readFolder(stl1001 ?? '', /\.FIT\.gz$/)
    expect(exposures.length).toBe(15)
    for (const exposure of exposures) {
      const expected = /^(bias|dark|flat)/.exec(exposure.name)?.[1]
      expect(exposure.facts.kind, exposure.name).toBe(expected)
      expect(exposure.facts).toMatchObject({
        gain: 2.06,
        gainSetting: null,
        filter: 'Visible',
        saturation: 65_535,
        site: null,
      })
      expect(exposure.sources.kind).toBe(expected === 'flat' ? 'path' : 'header')
      expect(exposure.warnings.some((warning) => warning.includes('calls this a light frame'))).toBe(
        expected === 'flat',
      )
    }
    expect(exposures.find((exposure) => exposure.name.startsWith('darks-expos150s'))?.facts.exposure).toBe(
      150,
    )
  })
})

const longslit = requireShared('data/longslit_st402/raw')
describe.skipIf(longslit === null)('a long-slit night with an ST-402', () => {
  it('finds darks, flats, arcs and lights, and says which were dark-subtracted', async () => {
    const exposures = await readFolder(longslit ?? '', /\.FIT\.gz$/)
    for (const [name, kind] of Object.entries(kindsByName(exposures))) {
      const expected = name.includes('.DARK.')
        ? 'dark'
        : name.includes('-flat-')
          ? 'flat'
          : name.includes('-arc-')
            ? 'arc'
            : 'light'
      expect(kind, name).toBe(expected)
    }
    const counts = Object.groupBy(exposures, (exposure) => exposure.facts.kind)
    expect(Object.fromEntries(Object.entries(counts).map(([kind, list]) => [kind, list?.length]))).toEqual({
      arc: 2,
      dark: 15,
      flat: 9,
      light: 12,
    })
    const subtracted = exposures.filter((exposure) =>
      exposure.warnings.some((warning) => warning.includes('dark was already subtracted')),
    )
    expect(subtracted.map((exposure) => exposure.name.replace(/\.0+(\d)\.FIT$/, '.$1'))).toEqual([
      'L2-arc-hg-10.0',
      'L2-arc-neon.0',
      'L2-flat-red-180.0',
      'L2-star-hg-10.0',
      'L2-star-neon-40.0',
    ])
    expect(
      exposures.every((exposure) => exposure.facts.binning.join() === '1,2' && exposure.facts.gain === 1.49),
    ).toBe(true)
  })
})

const m37 = requireShared('data/m37_cmd')
describe.skipIf(m37 === null)('the cluster M 37', () => {
  it('takes site, pointing and scale from a solved MaxIm frame', async () => {
    const exposure = await readOne(join(m37 ?? '', 'm37_b.fits.gz'))
    expect(exposure.facts).toMatchObject({
      kind: 'light',
      object: 'm37',
      filter: 'Blue',
      exposure: 60,
      dateObs: '2025-01-03T18:31:02.130Z',
      night: '2025-01-03+04',
      telescope: '',
      instrument: 'SBIG ST-8 3 CCD Camera',
      rightAscension: 88.1547720815,
      declination: 32.5701426253,
    })
    expect(exposure.facts.gain).toBeCloseTo(2.39, 6)
    expect(exposure.facts.pixelScale).toBeCloseTo(0.605, 3)
    expect(exposure.facts.site).toMatchObject({ latitude: 51.42663, longitude: -0.5637 })
  })
})

const misc = requireShared('data/misc_images')
describe.skipIf(misc === null)('other raw frames', () => {
  it('reads a site in radians and a GAIN whose comment has the unit', async () => {
    const { facts } = await readOne(join(misc ?? '', 'm1_B_raw.fits.gz'))
    expect(facts.site?.latitude).toBeCloseTo(-30.16764, 4)
    expect(facts.site?.longitude).toBeCloseTo(-70.80539, 4)
    expect(facts).toMatchObject({
      gain: 1.34967,
      gainSetting: null,
      readNoise: 9.4386337143,
      filter: 'B',
      kind: 'light',
      night: '2019-02-17+18',
    })
    expect(facts.rightAscension).toBeCloseTo(83.632917, 5)
  })

  it('reads a guide frame of the Las Cumbres network', async () => {
    const { facts } = await readOne(join(misc ?? '', 'lco_sqa0m801_guide_HD41996.fits.gz'))
    expect(facts).toMatchObject({
      gain: 2,
      readNoise: 18,
      binning: [2, 2],
      filter: 'BL',
      night: '2015-12-08+09',
      saturation: 65_535,
    })
    expect(facts.pixelScale).toBeCloseTo(1.23, 3)
    expect(facts.site?.longitude).toBeCloseTo(-120.0422217, 7)
  })
})
