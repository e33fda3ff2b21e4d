import type { ProvenanceGraph, ProvenanceNode } from '../../core/provenance'
import type { Table, TableColumn } from '../../core/table'

interface ReceiptRow {
  readonly result: ProvenanceNode
  readonly input: ProvenanceNode
}

/** What went into what: the file's own result first, then what that was made from, down to the original files. */
const listRows = (graph: ProvenanceGraph): ReceiptRow[] => {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]))
  const inputs = new Map<string, ProvenanceNode[]>()
  for (const { from, to } of graph.edges) {
    const input = nodes.get(from)
    if (input !== undefined) inputs.set(to, [...(inputs.get(to) ?? []), input])
  }
  return graph.nodes.flatMap((result) => (inputs.get(result.id) ?? []).map((input) => ({ result, input })))
}

/** ASCII, as texts are in FITS; what is beyond it stands as an escape that JSON knows. */
const toJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[^ -~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

/** What the step was told, and what it found and kept: a shift, a choice of masters, a way to combine. */
const parametersOf = ({ step, details }: ProvenanceNode): string =>
  step === null ? '' : toJson({ ...step.parameters, ...details })

/**
 * How a result was made, as a table: a row for each thing that went into each step, with the step, its version and its parameters, and
 * the SHA-256 of the original file where the input is one. Parameters stand in the first row of each result.
 */
export const makeReceipt = (graph: ProvenanceGraph): Table => {
  const rows = listRows(graph)
  const text = (name: string, description: string, pick: (row: ReceiptRow, index: number) => string) =>
    ({
      name,
      type: 'text',
      unit: null,
      description,
      shape: [],
      cell: (index) => {
        const row = rows[index]
        return row === undefined ? null : pick(row, index)
      },
    }) satisfies TableColumn
  const isFirst = (index: number): boolean => rows[index - 1]?.result !== rows[index]?.result
  return {
    name: 'RECEIPT',
    notes: [
      `How ${graph.root} was made, down to the original files: a row for each thing that went into each step.`,
      'Parameters are JSON, in the first row of each result.',
      ...(graph.leftOut > 0 ? [`${graph.leftOut} more inputs are left out.`] : []),
    ],
    rowCount: rows.length,
    columns: [
      text('result', 'What was made', ({ result }) => result.id),
      text(
        'step',
        'Step that made it; none for what came from outside',
        ({ result }) => result.step?.name ?? '',
      ),
      {
        ...text('version', 'Version of the arithmetic of the step', () => ''),
        type: 'int32',
        cell: (index) => rows[index]?.result.step?.version ?? null,
      },
      text('parameters', 'Parameters of the step, JSON', ({ result }, index) =>
        isFirst(index) ? parametersOf(result) : '',
      ),
      text('work_order', 'Work order that asked for it', ({ result }) => result.order ?? ''),
      text('input', 'What it was made from', ({ input }) => input.id),
      text('input_name', 'Name of the input', ({ input }) => input.name),
      text('input_sha256', 'SHA-256 of the bytes of an original file', ({ input }) => input.sha256 ?? ''),
    ],
  }
}

const describeInputs = (inputs: readonly ProvenanceNode[]): string =>
  inputs.length === 0
    ? ''
    : inputs.length > 3
      ? ` from ${inputs.length} inputs`
      : ` from ${inputs.map(({ name, id }) => (name === id ? id : `${name} (${id})`)).join(', ')}`

/** One line for each step, the earliest first; many results of one step that went the same way are one line. */
export const listHistory = (graph: ProvenanceGraph): string[] => {
  const rows = listRows(graph)
  const groups = new Map<string, ProvenanceNode[]>()
  for (const node of graph.nodes.toReversed()) {
    if (node.step === null) continue
    const key = `${node.step.name} ${node.step.version ?? ''}`
    groups.set(key, [...(groups.get(key) ?? []), node])
  }
  const lines = [...groups.values()].map((nodes) => {
    const [first] = nodes
    const step = first?.step
    const version = step?.version === null || step?.version === undefined ? '' : ` v${step.version}`
    const [only] = nodes.length === 1 ? nodes : []
    const made =
      only === undefined
        ? `${nodes.length} results`
        : `${only.id}${describeInputs(rows.filter(({ result }) => result === only).map(({ input }) => input))}`
    return `${step?.name ?? ''}${version}: ${made}`
  })
  return [...lines, 'every step, parameter and input is in the table RECEIPT']
}
