import { describe, expect, it } from 'vitest'
import type { StoredExposure } from '../../web/storage/stores/exposures'
import type { Workspace } from '../../web/storage/workspace'
import { readExposures } from '../../web/ingest'
import { proposeProfile } from '../../web/ingest/instruments/propose-profile'
import { parseProfile } from '../../web/ingest/instruments/parse-profile'
import { rereadFrames } from '../../web/ingest/instruments/reread-frames'
import { tryProfile } from '../../web/ingest/instruments/try-profile'
import { findProfile } from '../../web/ingest/instruments'
import { makeFrame } from '../science/fits/make-fits'
import { watchedTask } from './fake-sink'

const CARDS = [
  "INSTRUME= 'Workshop CCD 7'",
  "TELESCOP= 'Cassegrain'",
  "SWCREATE= 'MyCam Version 2.4.1'",
  "IMAGETYP= 'Light Frame'",
  'EXPTIME = 30',
  "DATE-OBS= '2024-02-29T23:00:00'",
  'AMPGAIN = 2.5',
  'bad card without a value',
]

const take = (name: string, cards: readonly string[] = CARDS) => {
  const { exposures, headers } = readExposures({
    path: name,
    bytes: makeFrame(cards),
    sha256: name.padEnd(64, '0'),
    batch: '',
    now: 0,
  })
  return { exposure: exposures[0]!, header: headers[0]! }
}

/** A workspace as far as profiles need one. */
const makeWorkspace = (files: readonly ReturnType<typeof take>[], profiles: readonly unknown[]) => {
  const exposures = new Map<string, StoredExposure>(files.map(({ exposure }) => [exposure.id, exposure]))
  const headers = new Map(files.map(({ header }) => [header.id, header]))
  const pick = <Value>(map: Map<string, Value>) => ({
    get: (id: string) => Promise.resolve(map.get(id)),
    getMany: (ids: readonly string[]) =>
      Promise.resolve(ids.map((id) => map.get(id)).filter((found) => found !== undefined)),
    list: () => Promise.resolve([...map.values()]),
  })
  const workspace = {
    exposures: {
      ...pick(exposures),
      putMany: (records: readonly StoredExposure[]) => {
        for (const record of records) exposures.set(record.id, record)
        return Promise.resolve()
      },
    },
    headers: pick(headers),
    profiles: {
      list: () => Promise.resolve(profiles.map((profile) => ({ id: 'x', profile, createdAt: 0 }))),
    },
  } as unknown as Workspace
  return { workspace, exposures }
}

const profile = {
  ...proposeProfile(take('a').header.cards),
  name: 'workshop',
  aliases: { gain: [{ keyword: 'AMPGAIN' }] },
}

describe('a proposal', () => {
  const { header } = take('a')
  const draft = proposeProfile(header.cards)

  it('is a profile, and knows its frame again by camera, telescope and program without its version', () => {
    expect(parseProfile(JSON.stringify(draft))).toEqual(draft)
    expect(draft).toMatchObject({
      name: 'my-workshop-ccd-7-cassegrain',
      title: 'Workshop CCD 7, Cassegrain',
      recognise: {
        all: [
          { keyword: 'INSTRUME', is: 'Workshop CCD 7' },
          { keyword: 'TELESCOP', is: 'Cassegrain' },
          { keyword: 'SWCREATE', starts: 'MyCam' },
        ],
      },
    })
    expect(findProfile(header.cards, [draft])).toBe(draft)
  })

  it('keeps what a built-in profile knows', () => {
    const { header: known } = take('b', ["CREATOR = 'MicroObservatory2014'", "INSTRUME= 'Main'"])
    expect(proposeProfile(known.cards)).toMatchObject({
      set: { saturation: 4095 },
      date: { keywords: ['UT-OBS'] },
      recognise: {
        all: [
          { keyword: 'INSTRUME', is: 'Main' },
          { keyword: 'CREATOR', starts: 'MicroObservatory' },
        ],
      },
    })
  })

  it('is made of a frame that says nothing, too', () => {
    const { header: bare } = take('c', [])
    expect(findProfile(bare.cards, [proposeProfile(bare.cards)]).title).toBe('My camera')
  })
})

describe('reading again', () => {
  const other = take('other', ["INSTRUME= 'Another'", 'AMPGAIN = 9'])

  it('changes what the profile knows, keeps what a person said, and gives what was before', async () => {
    const first = take('first')
    const corrected = {
      ...first,
      exposure: { ...first.exposure, corrections: { object: 'M 31' }, excluded: true },
    }
    const { workspace, exposures } = makeWorkspace([corrected, other], [profile])
    const { task, progress } = watchedTask()
    const ids = [first.exposure.id, other.exposure.id]
    const former = await rereadFrames(workspace, ids, task)
    const after = exposures.get(first.exposure.id)
    expect(after).toMatchObject({
      profile: 'workshop',
      facts: { gain: 2.5, exposure: 30 },
      sources: { gain: 'header' },
      corrections: { object: 'M 31' },
      excluded: true,
    })
    expect(after?.warnings).toEqual(first.exposure.warnings)
    expect([...former.keys()]).toEqual([first.exposure.id])
    expect(former.get(first.exposure.id)).toMatchObject({ profile: 'generic', facts: { gain: null } })
    expect(exposures.get(other.exposure.id)).toBe(other.exposure)
    expect(progress.at(-1)).toMatchObject({ done: 2, total: 2 })
    expect((await rereadFrames(workspace, ids, task)).size).toBe(0)
  })

  it('of records from before the count of warnings, and with a profile that cannot be used, still works', async () => {
    const { exposure, header } = take('first')
    const { factWarnings: _, ...old } = exposure
    const { workspace, exposures } = makeWorkspace([{ exposure: old, header }], [{ format: 2 }, profile])
    await rereadFrames(workspace, [exposure.id], watchedTask().task)
    expect(exposures.get(exposure.id)).toMatchObject({ profile: 'workshop', warnings: exposure.warnings })
  })

  it('stops when it is told to', async () => {
    const { task, controller } = watchedTask()
    controller.abort()
    const { workspace } = makeWorkspace([other], [])
    await expect(rereadFrames(workspace, [other.exposure.id], task)).rejects.toMatchObject({
      name: 'AbortError',
    })
  })
})

describe('a trial', () => {
  const { workspace } = makeWorkspace(
    [take('first'), take('second'), take('third', ["INSTRUME= 'Another'"])],
    [{ ...profile, name: 'older', recognise: { keyword: 'INSTRUME', starts: 'Workshop' } }],
  )
  const frame = take('first').exposure.id

  it('says how the frame would be read and how many others would', async () => {
    expect(await tryProfile(workspace, profile, frame)).toMatchObject({
      faults: [],
      fits: true,
      taken: 'workshop',
      frames: 2,
      of: 3,
      reading: { facts: { gain: 2.5 } },
    })
  })

  it('says that another profile fits better, or that the conditions do not hold', async () => {
    const vague = { ...profile, recognise: { keyword: 'INSTRUME', present: true } }
    expect(await tryProfile(workspace, vague, frame)).toMatchObject({ fits: true, taken: 'older', frames: 1 })
    const wrong = { ...profile, recognise: { keyword: 'INSTRUME', is: 'Moon' } }
    expect(await tryProfile(workspace, wrong, frame)).toMatchObject({
      fits: false,
      taken: 'older',
      frames: 0,
    })
  })

  it('says what is wrong in words', async () => {
    expect(await tryProfile(workspace, { ...profile, name: 'zwo-nina' }, frame)).toMatchObject({
      faults: [expect.stringContaining('built-in')],
      reading: null,
    })
    expect((await tryProfile(workspace, { ...profile, set: { gain: 0 } }, frame)).faults[0]).toContain(
      'set.gain',
    )
  })
})
