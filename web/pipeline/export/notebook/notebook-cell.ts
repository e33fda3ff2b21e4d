/** A piece of a notebook: words that explain the next step, or Python that does it. */
export interface NotebookCell {
  readonly kind: 'markdown' | 'code'
  readonly text: string
  /** What stands in its place in a script, where a notebook and a script differ. */
  readonly script?: string
}

export const markdown = (text: string): NotebookCell => ({ kind: 'markdown', text: text.trim() })

export const code = (text: string, script?: string): NotebookCell => ({
  kind: 'code',
  text: text.trim(),
  ...(script === undefined ? {} : { script: script.trim() }),
})
