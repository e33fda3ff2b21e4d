import { zipSync } from 'fflate'
import { createHash } from 'node:crypto'
import type { HeaderCard } from '../../../web/core/header'
import { idleTask } from '../../../web/core/task'
import { readExposures } from '../../../web/ingest'
import { checkProfile, parseProfile } from '../../../web/ingest/instruments/parse-profile'
import { listBuiltInProfiles } from '../../../web/ingest/instruments/built-in-profiles'
import { openProject } from '../../../web/ingest/project/open-project'
import { decodeRecord, encodeRecord } from '../../../web/ingest/project/record-text'
import { readChoices } from '../../../web/pipeline/calibration/choices'
import { parseOrder } from '../../../web/pipeline/order-parameters'
import { createSettingsSlice, type SettingsSlice } from '../../../web/state/settings-slice'
import { FRAMES } from '../fits-corpus'
import { assembleFits } from '../fits-parts'
import { mutateBytes } from '../mutate-bytes'
import { mutateJson } from '../mutate-json'
import { chance, pick } from '../pick'
import { promise, type FuzzTarget } from '../target'
import { settle } from './outcome'

const textOf = (input: Uint8Array): string => new TextDecoder().decode(input)

const parseJson = (input: Uint8Array): { readonly value: unknown } | null => {
  try {
    return { value: JSON.parse(textOf(input)) }
  } catch {
    return null
  }
}

const ORDERS: readonly unknown[] = [
  { request: 'reduce', batch: 'b1', parameters: {} },
  {
    id: 'o1',
    request: 'light_curve',
    frames: ['f1', 'f2'],
    priority: 3,
    user: 'me',
    datetime: '2024-01-01T00:00:00Z',
    url: 'https://example.org/a.zip',
    parameters: {
      bias: { method: 'median', rejection: 'sigma-clip', low: 3, high: 3, iterations: 5 },
      dark: 'off',
      cosmicRays: 'lacosmic',
      threshold: 5,
      radii: [3, 4, 5],
      annulus: [8, 12],
      positions: [{ x: 10, y: 20 }],
      target: { x: 1, y: 2, ra: 30, dec: 40 },
      comparisons: 'auto',
      detrend: ['airmass', 'time'],
      masters: { flat: 'none' },
    },
  },
]

/** Work orders from scripts and from the page's own interface. */
export const orders: FuzzTarget = {
  name: 'orders',
  make: (random) => mutateJson(random, ORDERS),
  run: (input) => {
    const parsed = parseJson(input)
    if (parsed !== null) parseOrder(parsed.value)
  },
}

const frames = FRAMES.map((parts) => assembleFits(parts))

/** Instrument profiles that a person brings, and frames that are read by them. */
export const profiles: FuzzTarget = {
  name: 'profiles',
  make: (random) => mutateJson(random, listBuiltInProfiles()),
  run: (input) => {
    const parsed = settle(() => parseProfile(textOf(input)))
    if ('refused' in parsed) return
    promise(checkProfile(parsed.value).profile !== null, 'a profile that was taken is refused')
    for (const bytes of frames)
      readExposures({
        path: 'night/light_001.fits',
        bytes,
        sha256: 'a'.repeat(64),
        batch: 'b',
        profiles: [parsed.value],
      })
  },
}

const CARD: HeaderCard = { keyword: 'OBJECT', value: 'M 31', comment: '', raw: '' }
const RECORDS: readonly unknown[] = [
  { id: 'f1', name: 'a', width: 3, nested: { list: [1, 2, { deep: true }] }, cards: [CARD] },
  JSON.parse(
    encodeRecord({
      id: 't',
      x: Float64Array.of(1, NaN, -0),
      y: Int16Array.of(1, 2),
      big: 2n ** 70n,
      $odd: 1,
    }),
  ),
]

/** Lines of records of a project. */
export const records: FuzzTarget = {
  name: 'records',
  make: (random) => mutateJson(random, RECORDS),
  run: (input) => {
    const record = settle(() => decodeRecord(textOf(input)))
    if ('refused' in record) return
    promise(({} as { polluted?: unknown }).polluted === undefined, 'a record reaches the prototype')
    // What was read can be written, and is the same when it is read again.
    const written = settle(() => encodeRecord(record.value))
    if ('refused' in written) return
    promise(
      encodeRecord(decodeRecord(written.value)) === written.value,
      'a record changes when it is written and read',
    )
  },
}

const CHOICES: readonly unknown[] = [
  { theme: 'night', language: 'de', tables: { exposures: ['name', 'filter'] } },
  {},
]

/** What an earlier visit left in the browser, which anybody can change there. */
const CALIBRATION: readonly unknown[] = [
  {
    overscan: { section: '[1:32,1:64]', method: 'mean', degree: 2 },
    trim: '[33:64,1:64]',
    units: 'electron',
  },
  { flat: { method: 'mean', rejection: 'sigma-clip', low: 3 }, badPixels: 'mask', maxMasterAgeDays: 30 },
]

/** What a project brings as choices of the calibration: whatever is read of it makes an order that is accepted. */
export const calibrationChoices: FuzzTarget = {
  name: 'calibration-choices',
  make: (random) => mutateJson(random, CALIBRATION),
  run: (input) => {
    const choices = readChoices(parseJson(input)?.value)
    const { parameters } = parseOrder({ request: 'calibrate_file_batch', parameters: { ...choices } })
    promise(
      JSON.stringify(readChoices(choices)) === JSON.stringify(choices),
      'choices that change when read again',
    )
    promise(parameters.maxMasterAgeDays >= 0 && parameters.maxMasterAgeDays <= 36_500, 'an age out of bounds')
  },
}

export const settings: FuzzTarget = {
  name: 'settings',
  make: (random) => mutateJson(random, CHOICES),
  run: (input) => {
    let slice: SettingsSlice | null = null
    let kept = ''
    const access = {
      get: () => slice!,
      set: (change: Partial<SettingsSlice> | ((before: SettingsSlice) => Partial<SettingsSlice>)) => {
        slice = { ...slice!, ...(typeof change === 'function' ? change(slice!) : change) }
      },
    }
    slice = createSettingsSlice(access, { read: () => textOf(input), write: (text) => (kept = text) })
    promise(['system', 'dark', 'light', 'night'].includes(slice.theme), 'a theme that there is not')
    slice.change({ theme: 'dark' })
    promise((JSON.parse(kept) as { theme?: unknown }).theme === 'dark', 'a choice is not kept')
  },
}

const RECORD_LINE = new TextEncoder().encode('{"id":"a"}\n')
const MANIFEST = {
  format: 'asterism-project',
  version: 1,
  app: '0.1.0',
  schema: 1,
  createdAt: '2024-01-01T00:00:00Z',
  stores: { exposures: 1 },
  missing: [],
  files: [
    {
      role: 'records',
      path: 'records/exposures.jsonl',
      bytes: RECORD_LINE.length,
      sha256: createHash('sha256').update(RECORD_LINE).digest('hex'),
      store: 'exposures',
      records: 1,
    },
  ],
}

/** A project zip: its directory, its manifest and the files that the manifest names. */
export const projects: FuzzTarget = {
  name: 'projects',
  make: (random) => {
    const hurtManifest = chance(random, 0.6)
    const manifest = hurtManifest
      ? mutateJson(random, [MANIFEST])
      : new TextEncoder().encode(JSON.stringify(MANIFEST))
    const level = pick(random, [0, 6] as const)
    const zip = zipSync({ 'asterism.json': manifest, 'records/exposures.jsonl': RECORD_LINE }, { level })
    return hurtManifest ? new Uint8Array(zip) : mutateBytes(random, zip)
  },
  run: async (input) => {
    const project = await openProject(new Blob([input]), idleTask())
    if (project === null) return
    for (const file of project.manifest.files.slice(0, 20)) {
      const bytes = await project.read(file, idleTask())
      promise(bytes.length === file.bytes, `${bytes.length} bytes instead of ${file.bytes}`)
    }
  },
}
