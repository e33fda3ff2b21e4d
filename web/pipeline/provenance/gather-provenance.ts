import { AsterismError } from '../../core/errors'
import {
  splitPartId,
  type ProvenanceEdge,
  type ProvenanceGraph,
  type ProvenanceNode,
} from '../../core/provenance'
import type { StepRecord } from '../../core/work-order'
import type { Workspace } from '../../storage/workspace'
import { describePoint, describeStar, inputOfPoint } from './describe-parts'
import {
  describeCamera,
  describeComposite,
  describeCurve,
  describeExposure,
  describeFile,
  describeMaster,
  describeMeasurement,
  describeMissing,
  describeReduced,
  describeSolution,
  describeSources,
  describeStack,
  describeTable,
  type DescribedRecord,
} from './describe-records'
import { nameStep } from './name-step'

/** A curve of 500 frames has some 3500 things behind it. */
const MOST_NODES = 20_000

type Finder = (workspace: Workspace, ids: readonly string[]) => Promise<DescribedRecord[]>

const finderOf =
  <Found extends { readonly id: string }>(
    store: (workspace: Workspace) => { getMany(ids: readonly string[]): Promise<Found[]> },
    describe: (record: Found) => DescribedRecord,
  ): Finder =>
  async (workspace, ids) =>
    (await store(workspace).getMany(ids)).map(describe)

/** Where an id is looked for first goes by how it begins; one that begins otherwise is looked for everywhere. */
const FINDERS: readonly (readonly [string, Finder])[] = [
  ['frame-', finderOf((workspace) => workspace.exposures, describeExposure)],
  ['calibrated-', finderOf((workspace) => workspace.reduced, describeReduced)],
  ['sources-', finderOf((workspace) => workspace.sources, describeSources)],
  ['solution-', finderOf((workspace) => workspace.plateSolutions, describeSolution)],
  ['measured-', finderOf((workspace) => workspace.photometryFrames, describeMeasurement)],
  ['master-', finderOf((workspace) => workspace.masters, describeMaster)],
  ['stack-', finderOf((workspace) => workspace.stacks, describeStack)],
  ['photometry-', finderOf((workspace) => workspace.photometryTables, describeTable)],
  ['curve-', finderOf((workspace) => workspace.lightcurves, describeCurve)],
  ['camera-', finderOf((workspace) => workspace.cameraReports, describeCamera)],
  ['composite-', finderOf((workspace) => workspace.composites, describeComposite)],
]

const ALIASES: Readonly<Record<string, string>> = { 'registered-': 'calibrated-' }

const prefixOf = (id: string): string => {
  const prefix = id.slice(0, id.indexOf('-') + 1)
  return ALIASES[prefix] ?? prefix
}

/** The records of these ids, in a few reads whatever their number; ids that nobody knows are absent. */
const findRecords = async (
  workspace: Workspace,
  ids: readonly string[],
): Promise<Map<string, DescribedRecord>> => {
  const found = new Map<string, DescribedRecord>()
  const keep = (records: readonly DescribedRecord[]) => {
    for (const record of records) found.set(record.node.id, record)
  }
  for (const [prefix, find] of FINDERS) {
    const own = ids.filter((id) => prefixOf(id) === prefix)
    if (own.length > 0) keep(await find(workspace, own))
  }
  for (const [, find] of FINDERS) {
    const left = ids.filter((id) => !found.has(id))
    if (left.length === 0) break
    keep(await find(workspace, left))
  }
  return found
}

/** A point or the row of one star, where the id means one. */
const findPart = async (workspace: Workspace, id: string): Promise<DescribedRecord | null> => {
  const { record, part } = splitPartId(id)
  if (part === null) return null
  const curve = await workspace.lightcurves.get(record)
  if (curve !== undefined) {
    const measured = await workspace.photometryFrames.getMany([...curve.inputs])
    const own = inputOfPoint(curve, part, measured)
    if (own.length > 0) return describePoint(curve, part, own)
    const reduced = await workspace.reduced.listBy('exposure', part)
    return describePoint(curve, part, inputOfPoint(curve, part, reduced))
  }
  const measured = await workspace.photometryFrames.get(record)
  const table = measured && (await workspace.photometryTables.get(measured.table))
  return measured === undefined || table === undefined ? null : describeStar(measured, table, part)
}

/** The steps of the orders that made these things, by what they wrote. */
const readMakers = async (
  workspace: Workspace,
  nodes: Iterable<ProvenanceNode>,
): Promise<Map<string, StepRecord[]>> => {
  const orders = new Set<string>()
  for (const { order } of nodes) if (order !== null) orders.add(order)
  const makers = new Map<string, StepRecord[]>()
  for (const order of orders) {
    for (const step of await workspace.steps.listBy('order', order))
      for (const output of step.outputs) {
        const own = makers.get(output)
        if (own === undefined) makers.set(output, [step])
        else own.push(step)
      }
  }
  return makers
}

/** Files of exposures, and whether their bytes are there still. */
const readFiles = async (
  workspace: Workspace,
  exposures: readonly string[],
): Promise<Map<string, DescribedRecord>> => {
  if (exposures.length === 0) return new Map()
  const records = await workspace.exposures.getMany(exposures)
  const stored = new Set((await workspace.pixels.list()).map(({ id }) => id))
  const files = records.map((exposure) => describeFile(exposure, stored.has(exposure.pixels.bytesId)))
  return new Map(files.map((file) => [file.node.id, file]))
}

const isFile = (id: string): boolean => id.startsWith('sha256:')

/**
 * What concerns one point or one measured frame alone: the curve that the point lies on is among its inputs, and the other points of
 * it are not; of the table of stars it is the reference that gave their places, and not the other frames that they were measured in.
 */
const narrow = (record: DescribedRecord, root: DescribedRecord): DescribedRecord => {
  const { node, inputs } = record
  if (root.node.kind !== 'point' && root.node.kind !== 'measurement') return record
  if (node.kind === 'lightcurve' && root.node.kind === 'point')
    return { node: { ...node, followed: false }, inputs: [] }
  if (node.kind !== 'photometry') return record
  const own = inputs.filter((input) => !input.startsWith('registered-') || root.inputs.includes(input))
  return { node: { ...node, followed: own.length === inputs.length }, inputs: own }
}

/** A measured frame has no order of its own: it belongs to the table that it is part of. */
const withOrder = (
  { node, inputs }: DescribedRecord,
  known: ReadonlyMap<string, DescribedRecord>,
): ProvenanceNode => {
  if (node.order !== null || node.kind !== 'measurement') return node
  const table = inputs.map((id) => known.get(id)?.node).find((input) => input?.kind === 'photometry')
  return table === undefined ? node : { ...node, order: table.order, time: table.time }
}

/**
 * Everything that a result depends on, down to the original files with their SHA-256: `id` is any record's, or that of a point
 * (`<curve>/<frame>`) or of one star's row (`<measurement>/<star>`). Breadth first and level by level, so that the number of reads
 * goes with the depth and not with the number of frames. What is named and not there any more is in the graph, and says so.
 */
export const gatherProvenance = async (workspace: Workspace, id: string): Promise<ProvenanceGraph> => {
  const part = await findPart(workspace, id)
  const root = part ?? (await findRecords(workspace, [splitPartId(id).record])).get(id)
  if (root === undefined)
    throw new AsterismError('not-found', `There is nothing with the id ${id} in the workspace.`, { id })
  const known = new Map<string, DescribedRecord>([[root.node.id, root]])
  const edges: ProvenanceEdge[] = []
  let leftOut = 0
  let frontier: DescribedRecord[] = [root]
  while (frontier.length > 0) {
    const wanted = new Set<string>()
    for (const { node, inputs } of frontier) {
      for (const input of new Set(inputs)) {
        if (input === node.id) continue
        const isNew = !known.has(input) && !wanted.has(input)
        if (isNew && known.size + wanted.size >= MOST_NODES) {
          leftOut++
          continue
        }
        edges.push({ from: input, to: node.id })
        if (isNew) wanted.add(input)
      }
    }
    const records = await findRecords(
      workspace,
      [...wanted].filter((input) => !isFile(input)),
    )
    const files = await readFiles(
      workspace,
      frontier.flatMap(({ node }) => (node.kind === 'exposure' ? [node.id] : [])),
    )
    frontier = [...wanted].map((input) =>
      narrow(records.get(input) ?? files.get(input) ?? describeMissing(input), root),
    )
    for (const found of frontier) known.set(found.node.id, found)
  }
  const nodes = [...known.values()].map((record) => withOrder(record, known))
  const makers = await readMakers(workspace, nodes)
  return {
    root: root.node.id,
    nodes: nodes.map((node) => {
      const { record } = splitPartId(node.id)
      return { ...node, step: nameStep(node, known.get(node.id)?.inputs ?? [], makers.get(record) ?? []) }
    }),
    edges,
    leftOut,
  }
}
