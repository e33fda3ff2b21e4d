/** Files that a table can be written to. */
export const TABLE_FORMATS = ['csv', 'ecsv', 'votable', 'fits'] as const
export type TableFormat = (typeof TABLE_FORMATS)[number]

export const TABLE_FILES: Readonly<
  Record<TableFormat, { readonly extension: string; readonly media: string }>
> = {
  csv: { extension: 'csv', media: 'text/csv;charset=utf-8' },
  ecsv: { extension: 'ecsv', media: 'text/plain;charset=utf-8' },
  votable: { extension: 'vot', media: 'application/x-votable+xml' },
  fits: { extension: 'fits', media: 'application/fits' },
}
