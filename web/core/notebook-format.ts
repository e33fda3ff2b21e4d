/** Jupyter's notebook, or the same as one script. */
export const NOTEBOOK_FORMATS = ['ipynb', 'py'] as const

export type NotebookFormat = (typeof NOTEBOOK_FORMATS)[number]

export const NOTEBOOK_MEDIA: Readonly<Record<NotebookFormat, string>> = {
  ipynb: 'application/x-ipynb+json',
  py: 'text/x-python;charset=utf-8',
}
