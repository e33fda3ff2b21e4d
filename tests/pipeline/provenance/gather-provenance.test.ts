import 'fake-indexeddb/auto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hashBytes } from '../../../web/core/ids'
import { partId, type ProvenanceGraph } from '../../../web/core/provenance'
import { idleTask } from '../../../web/core/task'
import { ingestInput } from '../../../web/ingest/ingest-files'
import { createStorageSink } from '../../../web/ingest/storage-sink'
import { bundleGraph } from '../../../web/pipeline/provenance/bundle-graph'
import { gatherProvenance } from '../../../web/pipeline/provenance/gather-provenance'
import { writeFitsImage } from '../../../web/science/fits'
import { simulateNight, transitNight, type CatalogueStar } from '../../../web/science/simulator'
import { openWorkspace, type Workspace } from '../../../web/storage/workspace'
import { createMemoryPixels } from '../../support/memory-pixels'
import { runInProcess } from '../../support/run-in-process'

const FIELD = JSON.parse(readFileSync('public/demo/field-hat-p-32.json', 'utf8')) as {
  stars: CatalogueStar[]
}
const COUNTS = { bias: 5, dark: 5, flat: 5, light: 6 }

let workspace: Workspace
let curve: string
let stack: string
const hashes = new Set<string>()

/** By hand: follow `inputs` of whatever record has the id, one at a time. */
const walkSlowly = async (id: string, seen: Map<string, readonly string[]>): Promise<void> => {
  if (seen.has(id)) return
  const exposure = await workspace.exposures.get(id)
  const record =
    (await workspace.lightcurves.get(id)) ??
    (await workspace.photometryFrames.get(id)) ??
    (await workspace.photometryTables.get(id)) ??
    (await workspace.sources.get(id)) ??
    (await workspace.reduced.get(id)) ??
    (await workspace.masters.get(id))
  const inputs = exposure === undefined ? (record?.inputs ?? []) : [`sha256:${exposure.sha256}`]
  seen.set(id, inputs)
  for (const input of inputs) await walkSlowly(input, seen)
}

const kindsOf = (graph: ProvenanceGraph) => {
  const counts: Record<string, number> = {}
  for (const { kind } of graph.nodes) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

beforeAll(async () => {
  workspace = await openWorkspace({ name: 'provenance', pixels: createMemoryPixels() })
  const night = simulateNight(transitNight(FIELD.stars, { counts: COUNTS, trailAt: null }))
  const sink = createStorageSink(workspace)
  for (let index = 0; index < night.frameCount; index++) {
    const frame = night.render(index)
    const bytes = writeFitsImage({ image: frame, header: [], added: frame.cards, bitpix: 16 })
    hashes.add(await hashBytes(bytes))
    await ingestInput({ path: frame.name, blob: new Blob([bytes]), batch: 'night' }, sink, idleTask())
  }
  const truth = night.truth()
  const at = { x: truth.lights[0]?.x[truth.target] ?? 0, y: truth.lights[0]?.y[truth.target] ?? 0 }
  const drawn = await runInProcess(workspace, { request: 'light_curve', parameters: { target: at } })
  if (drawn.failures.length > 0) throw new Error(JSON.stringify(drawn.failures))
  curve = drawn.tables.find(({ table }) => table === 'lightcurves')?.id ?? ''
  const stacked = await runInProcess(workspace, { request: 'stack' })
  stack = String(stacked.result['frame'])
}, 240_000)

afterAll(() => workspace.close())

describe('the provenance of a light curve that an order made (seed transit night)', () => {
  it('goes down to every original file by its SHA-256, and no further', async () => {
    const graph = await gatherProvenance(workspace, curve)
    const files = graph.nodes.filter(({ kind }) => kind === 'file')
    expect(new Set(files.map(({ sha256 }) => sha256))).toEqual(hashes)
    expect(graph.nodes.filter(({ missing }) => missing)).toEqual([])
    expect(graph.leftOut).toBe(0)
    expect(kindsOf(graph)).toEqual({
      lightcurve: 1,
      photometry: 1,
      measurement: 6,
      registered: 6,
      calibrated: 6,
      sources: 6,
      master: 3,
      exposure: 21,
      file: 21,
    })
  })

  it('has the nodes and edges that following one input after the other finds', async () => {
    const slow = new Map<string, readonly string[]>()
    await walkSlowly(curve, slow)
    const graph = await gatherProvenance(workspace, curve)
    expect(new Set(graph.nodes.map(({ id }) => id))).toEqual(new Set(slow.keys()))
    const edges = [...slow].flatMap(([to, inputs]) => [...new Set(inputs)].map((from) => `${from} > ${to}`))
    expect(graph.edges.map(({ from, to }) => `${from} > ${to}`).toSorted()).toEqual(edges.toSorted())
  })

  it('says of each made thing which step made it, its version, its order and when', async () => {
    const { nodes } = await gatherProvenance(workspace, curve)
    const orders = (await workspace.orders.list()).map(({ id }) => id)
    for (const node of nodes) {
      if (node.kind === 'file' || node.kind === 'exposure') {
        expect(node.step).toBeNull()
        continue
      }
      expect(node.step?.version, node.id).toBeGreaterThan(0)
      expect(orders).toContain(node.order)
      expect(node.time).toBeGreaterThan(0)
    }
    const stepOf = (kind: string) => nodes.find((node) => node.kind === kind)?.step
    expect(stepOf('sources')).toMatchObject({ name: 'detect-stars', parameters: { threshold: 5 } })
    expect(stepOf('lightcurve')).toMatchObject({ name: 'draw-light-curve', parameters: { radius: 'best' } })
    expect(nodes.find(({ kind }) => kind === 'master')?.backends).toEqual(['wasm'])
    expect(nodes.find(({ kind }) => kind === 'calibrated')?.details['choices']).toHaveLength(3)
  })

  it('of one point holds its own frame, its aperture and its errors, and the curve without its other frames', async () => {
    const record = await workspace.lightcurves.get(curve)
    const frame = record?.columns.frame[2] ?? ''
    const graph = await gatherProvenance(workspace, partId(curve, frame))
    const [point] = graph.nodes
    expect(point).toMatchObject({ kind: 'point', details: { exposure: frame, index: 2 } })
    expect(point?.details['radius']).toBe(record?.radius)
    expect(point?.details['errors']).toMatchObject({ photon: record?.errors.photon[2] })
    expect(graph.nodes.find(({ kind }) => kind === 'lightcurve')).toMatchObject({ followed: false })
    expect(graph.nodes.filter(({ kind }) => kind === 'measurement')).toHaveLength(1)
    expect(graph.nodes.filter(({ kind }) => kind === 'registered')).toHaveLength(1)
    // The reference frame stays, since positions come from it and all frames were matched to it.
    expect(graph.nodes.filter(({ kind }) => kind === 'master')).toHaveLength(3)
  })

  it('of one star in one frame holds its row', async () => {
    const record = await workspace.lightcurves.get(curve)
    const measured = record?.inputs.find((id) => id.startsWith('measured-')) ?? ''
    const [star] = (await gatherProvenance(workspace, partId(measured, 'T'))).nodes
    expect(star).toMatchObject({ name: 'T', details: { role: 'target' } })
    expect(star?.details['apertures']).not.toHaveLength(0)
    await expect(gatherProvenance(workspace, partId(measured, 'nobody'))).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  it('of a stack, a master and an exposure goes down to their files', async () => {
    expect(kindsOf(await gatherProvenance(workspace, stack))).toMatchObject({
      stack: 1,
      registered: 6,
      file: 21,
    })
    const [flat] = (await workspace.masters.list()).filter(({ kind }) => kind === 'master-flat')
    expect(kindsOf(await gatherProvenance(workspace, flat?.id ?? ''))).toEqual({
      master: 2,
      exposure: 10,
      file: 10,
    })
    // The flats are much shorter than the darks, so only their bias is taken off.
    const exposure = flat?.frames[0] ?? ''
    expect(kindsOf(await gatherProvenance(workspace, exposure))).toEqual({ exposure: 1, file: 1 })
  })

  it('shows what is named and gone as missing, with bytes that were deleted', async () => {
    const before = await gatherProvenance(workspace, curve)
    const dark = before.nodes.find((node) => node.kind === 'master' && node.details['kind'] === 'master-dark')
    const record = await workspace.masters.get(dark?.id ?? '')
    if (record === undefined) throw new Error('no dark')
    await workspace.masters.delete(record.id)
    const graph = await gatherProvenance(workspace, curve)
    expect(graph.nodes.filter(({ missing }) => missing)).toMatchObject([{ id: record.id, kind: 'master' }])
    await workspace.masters.put(record)
    const light = await workspace.exposures.get(
      before.nodes.find(({ kind }) => kind === 'exposure')?.id ?? '',
    )
    const bytes = await workspace.pixels.read(light?.pixels.bytesId ?? '')
    await workspace.pixels.delete(light?.pixels.bytesId ?? '')
    const without = await gatherProvenance(workspace, curve)
    expect(without.nodes.filter(({ missing }) => missing)).toMatchObject([
      { kind: 'file', sha256: light?.sha256 },
    ])
    await workspace.pixels.write(light?.pixels.bytesId ?? '', bytes)
  })

  it('refuses an id that nobody has', async () => {
    await expect(gatherProvenance(workspace, 'curve-none')).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('a graph drawn together', () => {
  it('loses nothing: every thing is in one group, every edge between two groups or within one', async () => {
    const graph = await gatherProvenance(workspace, curve)
    const groups = bundleGraph(graph)
    const members = groups.flatMap((group) => group.members.map(({ id }) => id))
    expect(members.toSorted()).toEqual(graph.nodes.map(({ id }) => id).toSorted())
    const groupOf = new Map(groups.flatMap((group) => group.members.map(({ id }) => [id, group] as const)))
    for (const { from, to } of graph.edges) {
      const [source, result] = [groupOf.get(from), groupOf.get(to)]
      expect(result?.inputs).toContain(source?.key)
      expect(source?.uses).toContain(result?.key)
      expect(source?.depth).toBeGreaterThan(result?.depth ?? Infinity)
    }
    expect(groups.length).toBeLessThan(25)
    // The reference went into more than the others, and stands by itself.
    expect(
      groups
        .filter(({ kind }) => kind === 'calibrated')
        .map(({ members: { length } }) => length)
        .toSorted((a, b) => a - b),
    ).toEqual([1, 5])
  })

  it('lets one frame stand alone when it is picked, and what it was made from with it', async () => {
    const graph = await gatherProvenance(workspace, curve)
    const bundled = bundleGraph(graph).find(
      ({ kind, members }) => kind === 'registered' && members.length > 1,
    )
    const picked = bundled?.members[1]?.id ?? ''
    const groups = bundleGraph(graph, new Set([picked]))
    const alone = groups.find(({ key }) => key === picked)
    expect(alone?.members).toHaveLength(1)
    const made = alone?.inputs.map((key) => groups.find((group) => group.key === key))
    expect(
      made?.filter((group) => group?.kind === 'sources').every((group) => group?.members.length === 1),
    ).toBe(true)
  })
})
