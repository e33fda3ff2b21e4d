import 'fake-indexeddb/auto'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findCard, readNumber, readText } from '../../../web/core/header'
import { hashBytes } from '../../../web/core/ids'
import { idleTask } from '../../../web/core/task'
import { ingestInput } from '../../../web/ingest/ingest-files'
import { createStorageSink } from '../../../web/ingest/storage-sink'
import { createFrameSource } from '../../../web/pipeline/create-frame-source'
import { exportFrameFits } from '../../../web/pipeline/export/frame-fits'
import { exportTableFile } from '../../../web/pipeline/export/export-table'
import type { FrameSource } from '../../../web/pipeline/frame-source'
import { decodeHdu, listHdus, readTable, writeFitsImage, type Hdu } from '../../../web/science/fits'
import { simulateNight, transitNight, type CatalogueStar } from '../../../web/science/simulator'
import { openWorkspace, type Workspace } from '../../../web/storage/workspace'
import { createMemoryPixels } from '../../support/memory-pixels'
import { openTestCompute, runInProcess } from '../../support/run-in-process'
import { requireShared } from '../../support/shared-data'

const FIELD = JSON.parse(readFileSync('public/demo/field-hat-p-32.json', 'utf8')) as {
  stars: CatalogueStar[]
}
const GAIN_TRUTH_CARDS = ['GAIN', 'RDNOISE', 'EGAIN']

let workspace: Workspace
let frames: FrameSource
const hashes = new Set<string>()
const files: Record<string, Uint8Array<ArrayBuffer>> = {}

const hduNamed = (bytes: Uint8Array, name: string): Hdu => {
  const found = listHdus(bytes).find((hdu) => hdu.name === name)
  if (found === undefined) throw new Error(`no HDU ${name}`)
  return found
}

beforeAll(async () => {
  workspace = await openWorkspace({ name: 'exported', pixels: createMemoryPixels() })
  const night = simulateNight(
    transitNight(FIELD.stars, { counts: { bias: 5, dark: 5, flat: 5, light: 4 }, trailAt: null }),
  )
  const sink = createStorageSink(workspace)
  for (let index = 0; index < night.frameCount; index++) {
    const frame = night.render(index)
    const bytes = writeFitsImage({ image: frame, header: [], added: frame.cards, bitpix: 16 })
    hashes.add(await hashBytes(bytes))
    await ingestInput({ path: frame.name, blob: new Blob([bytes]), batch: 'night' }, sink, idleTask())
  }
  const { failures } = await runInProcess(workspace, { request: 'stack' })
  if (failures.length > 0) throw new Error(JSON.stringify(failures))
  const compute = await openTestCompute()
  frames = createFrameSource(workspace, compute)
  const save = async (name: string, frame: string, compression?: 'rice' | 'gzip') => {
    files[name] = await compute.inTurn(() => exportFrameFits(workspace, frames, frame, compression))
  }
  const reduced = await workspace.reduced.list()
  const chosen = reduced.find(({ stage }) => stage === 'calibrated')
  const [calibrated, light] = [chosen?.id ?? '', chosen?.exposure ?? '']
  const registered = reduced.find(({ stage }) => stage === 'registered')?.id ?? ''
  const [master] = await workspace.masters.listBy('kind', 'master-flat')
  const [stack] = await workspace.stacks.list()
  await save('calibrated.fits', calibrated)
  await save('calibrated-rice.fits', calibrated, 'rice')
  await save('calibrated-gzip.fits', calibrated, 'gzip')
  await save('registered.fits', registered)
  await save('master.fits', master?.id ?? '')
  await save('stack.fits', stack?.id ?? '')
  await save('raw.fits', light)
  await save('raw-rice.fits', light, 'rice')
  await save('raw-gzip.fits', light, 'gzip')
  const [sources] = await workspace.sources.list()
  files['sources.fits'] = await exportTableFile(workspace, sources?.id ?? '', 'fits')
  files['reduced.fits'] = await exportTableFile(workspace, 'reduced', 'fits')
}, 240_000)

afterAll(() => workspace.close())

describe('a calibrated frame that goes out (seed transit night)', () => {
  it('keeps the cards of its original byte for byte, and says what the pixels are now', async () => {
    const [primary] = listHdus(files['calibrated.fits']!)
    const [raw] = listHdus(files['raw.fits']!)
    const cards = new Set(primary?.header.map((card) => card.raw))
    const own = raw?.header.filter(
      ({ keyword }) =>
        !/^(?:SIMPLE|BITPIX|NAXIS\d*|EXTEND|BZERO|BSCALE|CHECKSUM|DATASUM|BUNIT)$/.test(keyword),
    )
    expect(own?.length).toBeGreaterThan(8)
    for (const card of own ?? []) expect(cards).toContain(card.raw)
    expect(readText(primary?.header ?? [], 'BUNIT')?.toLowerCase()).toBe('adu')
  })

  it('says when it was taken, in the middle too', async () => {
    const header = listHdus(files['calibrated.fits']!)[0]?.header ?? []
    const start = Date.parse(`${readText(header, 'DATE-OBS')}Z`)
    const exposure = readNumber(header, 'EXPTIME') ?? NaN
    expect(readText(header, 'TIMESYS')).toBe('UTC')
    expect(Date.parse(`${readText(header, 'DATE-AVG')}Z`)).toBeCloseTo(start + 500 * exposure, -1)
    expect(Date.parse(`${readText(header, 'DATE-END')}Z`)).toBeCloseTo(start + 1000 * exposure, -1)
    expect(readNumber(header, 'MJD-AVG')).toBeCloseTo((start + 500 * exposure) / 86_400_000 + 40_587, 7)
    expect(GAIN_TRUTH_CARDS.some((keyword) => findCard(header, keyword) !== undefined)).toBe(true)
  })

  it('has errors as large as its sky scatters', () => {
    const bytes = files['calibrated.fits']!
    const data = decodeHdu(bytes, listHdus(bytes)[0]!)
    const sigma = decodeHdu(bytes, hduNamed(bytes, 'UNCERT'))
    const width = listHdus(bytes)[0]?.axes[0] ?? 0
    // Half the difference of neighbours has the variance of one pixel over two; the median leaves stars out.
    const ratios: number[] = []
    for (let index = 0; index + 1 < data.length; index += 2) {
      if ((index + 1) % width === 0) continue
      const difference = (data[index]! - data[index + 1]!) / Math.hypot(sigma[index]!, sigma[index + 1]!)
      if (Number.isFinite(difference)) ratios.push(Math.abs(difference))
    }
    ratios.sort((a, b) => a - b)
    expect(ratios[Math.floor(ratios.length / 2)]! / 0.6745).toBeCloseTo(1, 1)
  })

  it('marks pixels without a value, and says what the bits mean', () => {
    const bytes = files['calibrated.fits']!
    const mask = decodeHdu(bytes, hduNamed(bytes, 'MASK'))
    const data = decodeHdu(bytes, listHdus(bytes)[0]!)
    data.forEach((value, index) => {
      if (Number.isNaN(value) !== ((mask[index]! & 1) === 1)) throw new Error(`pixel ${index}`)
    })
    const { header } = hduNamed(bytes, 'MASK')
    expect(readNumber(header, 'MP_NOVAL')).toBe(0)
    expect(readNumber(header, 'MP_SAT')).toBe(1)
  })

  it.each(['rice', 'gzip'])('is the same picture packed by %s, and smaller', (wish) => {
    const [plain, packed] = [files['calibrated.fits']!, files[`calibrated-${wish}.fits`]!]
    const before = decodeHdu(plain, listHdus(plain)[0]!)
    const after = decodeHdu(packed, listHdus(packed)[1]!)
    const sigma = decodeHdu(plain, hduNamed(plain, 'UNCERT'))
    let worst = 0
    before.forEach((value, index) => {
      if (Number.isNaN(value)) expect(after[index]).toBeNaN()
      else worst = Math.max(worst, Math.abs(value - after[index]!) / sigma[index]!)
    })
    expect(worst).toBeLessThan(wish === 'gzip' ? 1e-12 : 1 / 16)
    expect(packed.length).toBeLessThan(plain.length * (wish === 'gzip' ? 0.95 : 0.5))
  })
})

describe('the receipt', () => {
  it.each(['calibrated.fits', 'registered.fits', 'master.fits', 'stack.fits'])(
    'of %s leads down to the hashes of the original files',
    (name) => {
      const bytes = files[name]!
      const table = readTable(bytes, hduNamed(bytes, 'RECEIPT'))
      const column = (wanted: string) => {
        const { cell } = table.columns.find((each) => each.name === wanted)!
        return Array.from({ length: table.rowCount }, (_, row) => cell(row))
      }
      const [results, inputs, shas] = [column('result'), column('input'), column('input_sha256')]
      const made = new Set(results)
      inputs.forEach((input, row) => {
        // Whatever was made here has rows of its own; everything else is an original file with its hash.
        if (!made.has(input)) expect(hashes).toContain(shas[row])
      })
      expect(column('step')).toContain('build-master')
      const parameters = column('parameters').filter((text) => text !== '')
      for (const text of parameters) expect(JSON.parse(String(text))).toBeTypeOf('object')
      const { header } = listHdus(bytes)[0]!
      const lines = header.filter(({ keyword }) => keyword === 'HISTORY').map(({ comment }) => comment)
      expect(lines.some((line) => /^build-master v\d/.test(line))).toBe(true)
    },
  )
})

describe('a raw frame that goes out', () => {
  it.each(['rice', 'gzip'])('packed by %s has every value and every card', (wish) => {
    const [raw, packed] = [files['raw.fits']!, files[`raw-${wish}.fits`]!]
    expect(decodeHdu(packed, listHdus(packed)[1]!)).toEqual(decodeHdu(raw, listHdus(raw)[0]!))
    const cards = new Set(listHdus(packed)[1]?.header.map((card) => card.raw))
    for (const { keyword, raw: card } of listHdus(raw)[0]!.header)
      if (!/^(?:SIMPLE|BITPIX|NAXIS\d*|EXTEND|BZERO|BSCALE|CHECKSUM|DATASUM)$/.test(keyword))
        expect(cards).toContain(card)
  })

  it('is the original, byte for byte', async () => {
    expect(hashes).toContain(await hashBytes(files['raw.fits']!))
  })
})

describe('what other programs say', () => {
  const python = spawnSync('python3', ['-c', 'import astropy']).status === 0
  const hatp32 = requireShared('data/hatp32_transit/HatP32Dec202017/HATP-32171220013343.FITS.gz')
  it.skipIf(!python)(
    'of all of these: no warning and no error',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'exported-'))
      for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes)
      if (hatp32 !== null) {
        const own = await openWorkspace({ name: 'hatp32-export', pixels: createMemoryPixels() })
        const bytes = new Uint8Array(gunzipSync(readFileSync(hatp32)))
        await ingestInput(
          { path: 'hatp32.fits', blob: new Blob([bytes]), batch: 'real' },
          createStorageSink(own),
          idleTask(),
        )
        const [exposure] = await own.exposures.list()
        for (const compression of ['none', 'rice', 'gzip'] as const)
          writeFileSync(
            join(folder, `${compression === 'none' ? 'original' : compression}-hatp32.fits`),
            await exportFrameFits(own, frames, exposure?.id ?? '', compression),
          )
        own.close()
      }
      const script = new URL('../../golden/fits/check_written.py', import.meta.url).pathname
      const checked = JSON.parse(execFileSync('python3', [script, folder], { encoding: 'utf8' })) as {
        files: Record<string, { hdus: { name: string }[] }>
      }
      expect(checked.files['calibrated.fits']?.hdus.map(({ name }) => name)).toEqual([
        'PRIMARY',
        'UNCERT',
        'MASK',
        'RECEIPT',
      ])
      const read = `
import sys, warnings
warnings.simplefilter("error")
from astropy.nddata import CCDData
frame = CCDData.read(sys.argv[1])
print(frame.unit, type(frame.uncertainty).__name__, frame.mask.dtype, frame.mask.shape == frame.data.shape)
`
      const said = execFileSync('python3', ['-c', read, join(folder, 'calibrated.fits')], {
        encoding: 'utf8',
      })
      expect(said.trim()).toBe('adu StdDevUncertainty bool True')
    },
    180_000,
  )
})
