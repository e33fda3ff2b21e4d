import type { HeaderCard } from '../../web/core/header'
import { degrees } from '../../web/core/units'
import type { StoredExposure } from '../../web/storage/stores/exposures'

export const sampleCards: readonly HeaderCard[] = [
  { keyword: 'SIMPLE', value: true, comment: '', raw: 'SIMPLE  =                    T' },
  { keyword: 'EXPTIME', value: 30, comment: 'seconds', raw: 'EXPTIME =                 30.0 / seconds' },
]

export const sampleExposure = (id: string, changes: Partial<StoredExposure> = {}): StoredExposure => ({
  id,
  name: `${id}.fits`,
  path: `night/${id}.fits`,
  sha256: id.padEnd(64, '0'),
  batch: 'batch-1',
  width: 4,
  height: 3,
  pixels: {
    bytesId: `bytes-${id}`,
    hdu: 0,
    headerOffset: 0,
    dataOffset: 2880,
    dataLength: 24,
    bitpix: 16,
    bzero: 32768,
    bscale: 1,
    blank: null,
    compressed: false,
  },
  facts: {
    kind: 'light',
    telescope: 'Hyde',
    instrument: 'CCD',
    night: '2017-12-19+20',
    filter: 'R',
    exposure: 30,
    object: 'HAT-P-32',
    dateObs: '2017-12-20T01:02:03',
    binning: [1, 1],
    gain: 1.4,
    gainSetting: null,
    readNoise: 7,
    temperature: -20,
    saturation: 60000,
    site: { latitude: degrees(51.77), longitude: degrees(-0.096), elevation: 74, name: 'Bayfordbury' },
    rightAscension: null,
    declination: null,
    airmass: 1.1,
    pixelScale: null,
  },
  corrections: {},
  sources: {},
  profile: 'generic',
  warnings: [],
  excluded: false,
  ingestedAt: 1,
  ...changes,
})
