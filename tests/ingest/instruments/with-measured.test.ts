import { describe, expect, it } from 'vitest'
import { checkProfile } from '../../../web/ingest/instruments/parse-profile'
import { profileSchema } from '../../../web/ingest/instruments/profile-schema'
import { withMeasured } from '../../../web/ingest/instruments/with-measured'

const plain = profileSchema.parse({
  format: 1,
  name: 'my-camera',
  title: 'My camera',
  recognise: { keyword: 'INSTRUME', is: 'CCD' },
  notes: ['Mine.'],
})
const measured = { gain: 1.944_277, readNoise: 13.037_2, gainSetting: null, note: 'gain 1.944 ± 0.005' }

describe('a profile with what was measured', () => {
  it('says gain and read noise as numbers, and is a profile that can be kept', () => {
    const made = withMeasured(plain, measured)
    expect(made.set).toEqual({ gain: 1.944, readNoise: 13.04 })
    expect(made.notes).toEqual(['Mine.', 'Camera lab: gain 1.944 ± 0.005'])
    expect(checkProfile(made).profile).toEqual(made)
    const again = withMeasured(made, { ...measured, gain: 2, readNoise: null, note: 'anew' })
    expect(again.set).toEqual({ gain: 2, readNoise: 13.04 })
    expect(again.notes).toEqual(['Mine.', 'Camera lab: anew'])
  })

  it('adds a row for a gain setting, and leaves the others', () => {
    const first = withMeasured(plain, { ...measured, gainSetting: 100 })
    const second = withMeasured(first, { ...measured, gain: 0.4, gainSetting: 26 })
    expect(second.set?.gain).toEqual([
      {
        table: [
          [26, 0.4],
          [100, 1.944],
        ],
      },
    ])
    expect(withMeasured(second, { ...measured, gain: 0.5, gainSetting: 26 }).set?.gain).toEqual([
      {
        table: [
          [26, 0.5],
          [100, 1.944],
        ],
      },
    ])
    expect(checkProfile(second).faults).toEqual([])
    const stated = withMeasured({ ...plain, set: { gain: 3 } }, { ...measured, gainSetting: 7 })
    expect(stated.set?.gain).toEqual([{ table: [[7, 1.944]] }, { value: 3 }])
  })
})
