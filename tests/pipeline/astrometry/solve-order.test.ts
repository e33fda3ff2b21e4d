import 'fake-indexeddb/auto'
import { readdirSync, writeFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { PlateSolutionRecord } from '../../../web/core/plate-solution'
import type { WorkOrderReport } from '../../../web/core/work-order'
import { createFrameSource } from '../../../web/pipeline/create-frame-source'
import { findFrameWcs } from '../../../web/pipeline/astrometry/find-frame-wcs'
import { exportFrameFits } from '../../../web/pipeline/export/frame-fits'
import { createIcrsTransform } from '../../../web/science/astrometry/icrs-transform'
import { openWorkspace, type Workspace } from '../../../web/storage/workspace'
import { loadFolder } from '../../support/load-folder'
import { createMemoryPixels } from '../../support/memory-pixels'
import { openTestCompute, runInProcess } from '../../support/run-in-process'
import { canImport } from '../../support/run-python'
import { requireShared } from '../../support/shared-data'
import { arcsecondsBetween } from '../../support/simulate-sky-field'

const open = (name: string): Promise<Workspace> => openWorkspace({ name, pixels: createMemoryPixels() })

const solutionsOf = async (
  workspace: Workspace,
  report: WorkOrderReport,
): Promise<Map<string, PlateSolutionRecord>> => {
  const names = new Map((await workspace.exposures.list()).map(({ id, name }) => [id, name]))
  const solutions = await workspace.plateSolutions.listBy('order', report.id)
  return new Map(solutions.map((solution) => [names.get(solution.exposure) ?? '', solution]))
}

const hatp32 = requireShared('hatp32_transit')

test.skipIf(hatp32 === null)(
  'raw frames of HAT-P-32 from their headers alone, each helped by the others',
  async () => {
    const workspace = await open('solve-hatp32')
    const night = readdirSync(join(hatp32!, 'HatP32Dec202017')).sort()
    const some = new Set([0, 35, 71, 106, 141].map((index) => night[index]))
    await loadFolder(workspace, join(hatp32!, 'HatP32Dec202017'), (name) => some.has(name))
    const report = await runInProcess(workspace, { request: 'solve' })
    expect(report).toMatchObject({ status: 'done', failures: [] })
    const { solved } = report.result as { solved: Record<string, unknown>[] }
    expect(solved).toHaveLength(5)
    for (const place of solved) {
      expect(Math.abs((place['scale'] as number) - 5.168)).toBeLessThan(0.005)
      expect(place['rms']).toBeLessThan(1.5)
      expect(place['matched']).toBeGreaterThan(30)
    }
    const [first] = solved
    expect(arcsecondsBetween(first!['crval'] as [number, number], [31.2486, 46.7409])).toBeLessThan(3)
    const solutions = [...(await solutionsOf(workspace, report)).values()]
    expect(solutions.some(({ neighbour, hints }) => hints.source === 'neighbour' && neighbour !== null)).toBe(
      true,
    )
    for (const { catalogue, matched } of solutions) {
      expect(catalogue).toMatchObject({ id: 'tycho2', name: 'Tycho-2', band: 'VT' })
      expect(catalogue.files.every(({ sha256 }) => /^[0-9a-f]{64}$/.test(sha256))).toBe(true)
      const square = matched.east.reduce((sum, east, star) => sum + east ** 2 + matched.north[star]! ** 2, 0)
      expect(Math.sqrt(square / matched.east.length)).toBeCloseTo(
        solutions.find((each) => each.matched === matched)!.rmsArcseconds,
        4,
      )
    }
    // Asked for again, nothing is computed: the same stars have the same place.
    const again = await runInProcess(workspace, { request: 'solve' })
    expect(again.result['solved']).toEqual(report.result['solved'])
    expect(await workspace.plateSolutions.count()).toBe(5)
    workspace.close()
  },
  60_000,
)

const m37 = requireShared('m37_cmd')

test.skipIf(m37 === null)(
  'M 37 in both filters lies where its own world coordinates have it',
  async () => {
    const workspace = await open('solve-m37')
    await loadFolder(workspace, m37!, (name) => /^m37_[bv]\.fits/.test(name))
    const frames = (await workspace.exposures.list()).map(({ id }) => id)
    const own = await Promise.all(frames.map((id) => findFrameWcs(workspace, id)))
    const report = await runInProcess(workspace, { request: 'solve', frames })
    expect(report).toMatchObject({ status: 'done', failures: [] })
    const out = new Float64Array(6)
    for (const [at, frame] of frames.entries()) {
      const exposure = await workspace.exposures.get(frame)
      const [x, y] = [(exposure!.width - 1) / 2, (exposure!.height - 1) / 2]
      expect(own[at]).toMatchObject({ source: 'header' })
      createIcrsTransform(own[at]!.wcs)!.pixelToSky(x, y, out)
      const truth: [number, number] = [out[0]!, out[1]!]
      const found = await findFrameWcs(workspace, frame)
      expect(found).toMatchObject({ source: 'solved' })
      expect(arcsecondsBetween(found!.solution!.center, truth)).toBeLessThan(0.5)
      expect(found!.solution!.rmsArcseconds).toBeLessThan(0.15)
    }
    workspace.close()
  },
  60_000,
)

const suhora = requireShared('suhora_polarimetry')

test.skipIf(suhora === null)(
  'frames of a polarimeter, whose stars are all double, are solved on their masters where Tycho-2 has stars enough, and refused in words where not',
  async () => {
    const workspace = await open('solve-suhora')
    await loadFolder(workspace, suhora!)
    const report = await runInProcess(workspace, {
      request: 'solve',
      parameters: { scale: [0.8, 1.6], blind: false },
    })
    const solutions = await solutionsOf(workspace, report)
    for (const [name, ra, dec] of [
      ['ee_cepp1-r20s0012.fits', 332.346, 55.757],
      ['g191b2bp3-r20s0001.fits', 76.375, 52.832],
    ] as const) {
      const solution = solutions.get(name)
      expect(arcsecondsBetween(solution!.center, [ra, dec])).toBeLessThan(180)
      expect(Math.abs(solution!.scale / 1.1163 - 1)).toBeLessThan(0.002)
      expect(solution!.matched.x.length).toBeGreaterThanOrEqual(6)
    }
    // Three stars of Tycho-2 within 13 arcminutes are no proof of a place.
    expect(solutions.size).toBe(2)
    expect(report).toMatchObject({
      status: 'partial',
      failures: [{ code: 'not-solved', step: 'solve-frame', values: { name: 'oj287p1-r120s0017.fits' } }],
    })
    expect(report.failures[0]?.reason).toMatch(
      /^oj287p1-r120s0017\.fits was looked for .* Try this: .*fainter stars/,
    )
    // The page says the same in its own language, from the words that it knows.
    const { values } = report.failures[0] ?? {}
    expect(values?.['places']).toMatch(/^(?:world-coordinates|pointing|name|neighbour)(?: |$)/)
    expect(values?.['advice']).toMatch(/(?:^| )deeper(?:-small)?$/)
    workspace.close()
  },
  120_000,
)

test.skipIf(hatp32 === null || !canImport('astropy'))(
  'files of a solved frame carry its place, as astropy reads it: original, calibrated, registered and stack',
  async () => {
    const workspace = await open('solve-export')
    const night = readdirSync(join(hatp32!, 'HatP32Dec202017')).sort()
    await loadFolder(workspace, join(hatp32!, 'HatP32Dec202017'), (name) => night.slice(0, 3).includes(name))
    const [first] = await workspace.exposures.list()
    const stacked = await runInProcess(workspace, { request: 'stack' })
    expect(stacked.status).toBe('done')
    const solved = await runInProcess(workspace, { request: 'solve', parameters: { sipOrder: 2 } })
    expect(solved.status).toBe('done')
    const reduced = await workspace.reduced.list()
    const stack = (await workspace.stacks.list())[0]!.id
    const frames = [first!.id, ...reduced.map(({ id }) => id), stack]
    const compute = await openTestCompute()
    const source = createFrameSource(workspace, compute)
    const folder = mkdtempSync(join(tmpdir(), 'solved-'))
    const places: Record<string, [number, number][]> = {}
    const PIXELS = [
      [0, 0],
      [649, 0],
      [321.5, 240.25],
      [10, 480],
    ] as const
    for (const frame of frames) {
      const bytes = await compute.inTurn(() => exportFrameFits(workspace, source, frame))
      writeFileSync(join(folder, `${frame}.fits`), bytes)
      const transform = createIcrsTransform((await findFrameWcs(workspace, frame))!.wcs)!
      places[frame] = PIXELS.map(([x, y]) => {
        const out = new Float64Array(6)
        transform.pixelToSky(x, y, out)
        return [out[0]!, out[1]!]
      })
    }
    const said = execFileSync(
      'python3',
      [
        '-c',
        `import json, sys, glob, os, warnings
warnings.simplefilter("ignore")
from astropy.io import fits
from astropy.wcs import WCS
out = {}
for path in glob.glob(os.path.join(sys.argv[1], "*.fits")):
    with fits.open(path) as hdus:
        h = hdus[0].header
        w = WCS(h)
        out[os.path.basename(path)[:-5]] = dict(
            places=[[float(v) for v in w.all_pix2world(x, y, 0)] for x, y in ${JSON.stringify(PIXELS)}],
            doubled=[k for k in ("CRVAL1", "CRPIX1", "CTYPE1", "RADESYS") if h.count(k) > 1],
            system=h["RADESYS"])
print(json.dumps(out))`,
        folder,
      ],
      { encoding: 'utf8' },
    )
    const read = JSON.parse(said) as Record<
      string,
      { places: [number, number][]; doubled: string[]; system: string }
    >
    for (const frame of frames) {
      expect(read[frame]).toMatchObject({ doubled: [], system: 'ICRS' })
      for (const [at, place] of places[frame]!.entries())
        expect(arcsecondsBetween(read[frame]!.places[at]!, place)).toBeLessThan(1e-4)
    }
    // Of the original only the header is another; its cards as they came are still there to be asked.
    const original = await workspace.pixels.read(first!.pixels.bytesId)
    const written = await exportFrameFits(workspace, source, first!.id)
    expect(written.slice(-(original.length - first!.pixels.dataOffset))).toEqual(
      original.slice(first!.pixels.dataOffset),
    )
    const cards = (await workspace.headers.get(first!.id))!.cards
    expect(cards.some(({ keyword }) => keyword === 'CRVAL1')).toBe(false)
    workspace.close()
  },
  120_000,
)
