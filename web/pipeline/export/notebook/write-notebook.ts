import type { NotebookCell } from './notebook-cell'

/** nbformat wants the text as lines that keep their ends. */
const toLines = (text: string): string[] => {
  const lines = text.split('\n')
  return lines.map((line, index) => (index < lines.length - 1 ? `${line}\n` : line))
}

/** Jupyter's file, nbformat 4.5: JSON, each cell with an id of its own (Jupyter Enhancement Proposal 62), no outputs. */
export const writeNotebook = (cells: readonly NotebookCell[]): string => {
  const notebook = {
    cells: cells.map(({ kind, text }, index) => ({
      cell_type: kind,
      id: `cell-${String(index + 1).padStart(3, '0')}`,
      metadata: {},
      source: toLines(text),
      ...(kind === 'code' ? { execution_count: null, outputs: [] } : {}),
    })),
    metadata: {
      kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' },
      language_info: { file_extension: '.py', mimetype: 'text/x-python', name: 'python', version: '3.11' },
    },
    nbformat: 4,
    nbformat_minor: 5,
  }
  return `${JSON.stringify(notebook, null, 1)}\n`
}

const asComment = (text: string): string =>
  text
    .split('\n')
    .map((line) => `# ${line}`.trimEnd())
    .join('\n')

/** The same cells as one script: the words are comments. */
export const writeScript = (cells: readonly NotebookCell[]): string =>
  `${cells.map(({ kind, text, script }) => (kind === 'markdown' ? asComment(text) : (script ?? text))).join('\n\n')}\n`
