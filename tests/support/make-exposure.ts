import type { ExposureRecord, FrameFacts } from '../../web/core/frame'

const FACTS: FrameFacts = {
  kind: 'light',
  telescope: 'Test 35 cm',
  instrument: 'Camera',
  night: '2025-03-01+02',
  filter: 'R',
  exposure: 60,
  object: 'Star',
  dateObs: '2025-03-01T22:00:00.000Z',
  binning: [1, 1],
  gain: 1.4,
  gainSetting: null,
  readNoise: 8,
  temperature: -10,
  saturation: 65535,
  site: null,
  rightAscension: null,
  declination: null,
  airmass: null,
  pixelScale: 1,
}

let counter = 0

/** An exposure record for tests of rules; only what is given differs from a plain 60 s light. */
export const makeExposure = (
  facts: Partial<FrameFacts> = {},
  record: Partial<Omit<ExposureRecord, 'facts'>> = {},
): ExposureRecord => {
  counter++
  const id = record.id ?? `frame-${String(counter).padStart(6, '0')}`
  return {
    id,
    name: `${id}.fits`,
    path: `${id}.fits`,
    sha256: id,
    batch: 'batch-1',
    width: 100,
    height: 80,
    pixels: {
      bytesId: `bytes-${id}`,
      hdu: 0,
      headerOffset: 0,
      dataOffset: 2880,
      dataLength: 16_000,
      bitpix: 16,
      bzero: 32_768,
      bscale: 1,
      blank: null,
      compressed: false,
    },
    facts: { ...FACTS, ...facts },
    corrections: {},
    sources: {},
    profile: 'generic',
    warnings: [],
    excluded: false,
    ingestedAt: 0,
    ...record,
  }
}
