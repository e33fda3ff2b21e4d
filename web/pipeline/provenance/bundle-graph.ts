import type { ProvenanceGraph, ProvenanceKind, ProvenanceNode } from '../../core/provenance'

/** One thing, or many alike that went into the same results and stand for each other. */
export interface ProvenanceGroup {
  /** The id of a thing that stands alone; a name of their own for those that stand together. */
  readonly key: string
  readonly kind: ProvenanceKind
  readonly members: readonly ProvenanceNode[]
  /** Longest way to the result: 0 is the result itself. */
  readonly depth: number
  /** Keys of the groups that it was made from, and of those that were made from it. */
  readonly inputs: readonly string[]
  readonly uses: readonly string[]
}

/** As many of a kind are shown one by one. */
const MOST_ALONE = 4

/** The same without the files that are there: an exposure carries its file's hash itself, and only a lost file has more to say. */
export const foldFiles = (graph: ProvenanceGraph): ProvenanceGraph => {
  const folded = new Set(
    graph.nodes.flatMap(({ id, kind, missing }) =>
      kind === 'file' && !missing && id !== graph.root ? [id] : [],
    ),
  )
  return {
    ...graph,
    nodes: graph.nodes.filter(({ id }) => !folded.has(id)),
    edges: graph.edges.filter(({ from }) => !folded.has(from)),
  }
}

/** Ids in an order in which each comes after everything that it went into (Kahn 1962). */
const orderFromRoot = (graph: ProvenanceGraph): string[] => {
  const inputs = new Map<string, string[]>()
  const open = new Map<string, number>(graph.nodes.map(({ id }) => [id, 0]))
  for (const { from, to } of graph.edges) {
    const own = inputs.get(to)
    if (own === undefined) inputs.set(to, [from])
    else own.push(from)
    open.set(from, (open.get(from) ?? 0) + 1)
  }
  const ready = graph.nodes.flatMap(({ id }) => (open.get(id) === 0 ? [id] : []))
  for (let at = 0; at < ready.length; at++) {
    for (const input of inputs.get(ready[at] ?? '') ?? []) {
      const left = (open.get(input) ?? 1) - 1
      open.set(input, left)
      if (left === 0) ready.push(input)
    }
  }
  return ready
}

/**
 * The graph with its fans drawn together: things of one kind, made by one step, that went into the same groups are one group. So 142
 * frames of a curve are one line of boxes, and the reference frame, which went into more, stands by itself. Things that are `picked`
 * stand alone, and with them, since they went into other groups now, what they were made from.
 */
export const bundleGraph = (
  graph: ProvenanceGraph,
  picked: ReadonlySet<string> = new Set(),
  mostAlone = MOST_ALONE,
): ProvenanceGroup[] => {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]))
  const consumers = new Map<string, string[]>()
  for (const { from, to } of graph.edges) {
    const own = consumers.get(from)
    if (own === undefined) consumers.set(from, [to])
    else own.push(to)
  }
  const groupOf = new Map<string, string>()
  const depthOf = new Map<string, number>()
  const drafts = new Map<string, ProvenanceNode[]>()
  for (const level of levelsOf(graph, consumers, depthOf)) {
    const alike = new Map<string, ProvenanceNode[]>()
    for (const id of level) {
      const node = byId.get(id)
      if (node === undefined) continue
      const uses = [...new Set((consumers.get(id) ?? []).map((to) => groupOf.get(to) ?? to))].sort()
      const alone = picked.has(id) || node.missing ? id : ''
      const key = JSON.stringify([
        node.kind,
        node.step?.name ?? null,
        node.details['kind'] ?? null,
        uses,
        alone,
      ])
      const same = alike.get(key)
      if (same === undefined) alike.set(key, [node])
      else same.push(node)
    }
    for (const members of alike.values()) {
      const [first] = members
      if (first === undefined) continue
      const parts = members.length > mostAlone ? [members] : members.map((member) => [member])
      for (const part of parts) {
        const key = part.length === 1 ? (part[0]?.id ?? first.id) : `${part.length}*${first.id}`
        drafts.set(key, part)
        for (const member of part) groupOf.set(member.id, key)
      }
    }
  }
  return connectGroups(graph, drafts, groupOf, depthOf)
}

/** Ids by their depth, the result first. */
const levelsOf = (
  graph: ProvenanceGraph,
  consumers: ReadonlyMap<string, readonly string[]>,
  depthOf: Map<string, number>,
): string[][] => {
  const levels: string[][] = []
  for (const id of orderFromRoot(graph)) {
    const depth = Math.max(-1, ...(consumers.get(id) ?? []).map((to) => depthOf.get(to) ?? 0)) + 1
    depthOf.set(id, depth)
    const level = (levels[depth] ??= [])
    level.push(id)
  }
  return levels
}

const connectGroups = (
  graph: ProvenanceGraph,
  drafts: ReadonlyMap<string, readonly ProvenanceNode[]>,
  groupOf: ReadonlyMap<string, string>,
  depthOf: ReadonlyMap<string, number>,
): ProvenanceGroup[] => {
  const inputs = new Map<string, Set<string>>()
  const uses = new Map<string, Set<string>>()
  const join = (into: Map<string, Set<string>>, key: string, other: string) => {
    const own = into.get(key)
    if (own === undefined) into.set(key, new Set([other]))
    else own.add(other)
  }
  for (const { from, to } of graph.edges) {
    const [source, result] = [groupOf.get(from), groupOf.get(to)]
    if (source === undefined || result === undefined || source === result) continue
    join(inputs, result, source)
    join(uses, source, result)
  }
  return [...drafts].flatMap(([key, members]) => {
    const [first] = members
    if (first === undefined) return []
    return [
      {
        key,
        kind: first.kind,
        members,
        depth: depthOf.get(first.id) ?? 0,
        inputs: [...(inputs.get(key) ?? [])],
        uses: [...(uses.get(key) ?? [])],
      },
    ]
  })
}
