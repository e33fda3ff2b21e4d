import { TABLE_FILES } from '../core/table-format'
import { NOTEBOOK_MEDIA } from '../core/notebook-format'
import { PICTURE_FILES } from '../core/picture-format'
import type { Workers } from './start-workers'
import type { Studio } from './studio'

type Exports = Pick<Studio, 'exportFits' | 'exportPicture' | 'exportNotebook' | 'exportTable' | 'exportRows'>

/** Files to take away. Made by workers, tables too: one may have hundreds of thousands of rows, and the page has to go on answering. */
export const exportFiles = ({ painters }: Pick<Workers, 'painters'>, appVersion: string): Exports => ({
  exportFits: async (frame, { compression = 'none' } = {}) =>
    new Blob([await painters.insist((remote, port) => remote.exportFits(frame, compression, port), {})], {
      type: 'application/fits',
    }),
  exportPicture: async (picture, { format = 'png', title = '', credit = '', ...options } = {}) => {
    const request = { picture, format, title, credit, appVersion }
    const bytes = await painters.insist((remote, port) => remote.exportPicture(request, port), options)
    return new Blob([bytes], { type: PICTURE_FILES[format].media })
  },
  exportNotebook: async (id, format, options = {}) => {
    const request = { id, format, appVersion }
    const text = await painters.insist((remote, port) => remote.exportNotebook(request, port), options)
    return new Blob([text], { type: NOTEBOOK_MEDIA[format] })
  },
  exportTable: async (table, format) =>
    new Blob([await painters.insist((remote) => remote.exportTable(table, format), {})], {
      type: TABLE_FILES[format].media,
    }),
  exportRows: async (content, format) =>
    new Blob([await painters.insist((remote) => remote.exportRows(content, format), {})], {
      type: TABLE_FILES[format].media,
    }),
})
