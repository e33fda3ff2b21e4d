import { AsterismError } from '../core/errors'
import { summariseFileTable, type FileTableSummary } from '../core/file-table'
import { FRAME_COMPRESSIONS } from '../core/frame-compression'
import { DEBAYER_METHODS, type ColourPlanes } from '../core/colour-picture'
import type { CardValue } from '../core/header'
import type { ImportReport } from '../core/import-report'
import { PICTURE_FORMATS } from '../core/picture-format'
import { NOTEBOOK_FORMATS } from '../core/notebook-format'
import type { ProvenanceGraph } from '../core/provenance'
import type { ResolvedName } from '../core/resolved-name'
import { TABLE_FORMATS } from '../core/table-format'
import type { Progress } from '../core/task'
import type { IngestReport, Row, TableName, WorkOrder, WorkOrderReport } from '../core/work-order'
import type { WorkspaceCheck } from '../core/workspace-care'
import type { IngestInput, Studio } from '../engine/studio'
import { listCatalogue, type ListedCatalogue } from './list-catalogue'

export interface AsterismOptions {
  readonly onProgress?: (progress: Progress) => void
  readonly signal?: AbortSignal
}

/** `window.asterism`: what other programs call. The names are a contract (docs/scripting.md); panels stand on the same Studio. */
export interface Asterism {
  readonly version: string
  readonly ready: Promise<void>
  ingest(
    inputs: readonly (File | Blob | string)[],
    options?: AsterismOptions & { readonly batch?: string },
  ): Promise<IngestReport>
  submit(order: WorkOrder, options?: AsterismOptions): Promise<WorkOrderReport>
  query(table: TableName, filter?: Record<string, unknown>): Promise<Row[]>
  /** What a result was made from, down to the original files; also of a point of a curve, `<curve>/<frame>`. */
  provenance(id: string): Promise<ProvenanceGraph>
  /**
   * Makes planes of a cube frames of their own. Planes are counted from 1, as in their names. The cube itself, which is its first plane, is
   * left out of orders from then on, unless `leaveOut` is false.
   */
  takePlanes(
    frame: string,
    planes: readonly number[],
    options?: AsterismOptions & { readonly leaveOut?: boolean },
  ): Promise<IngestReport>
  header(frame: string): Promise<{ keyword: string; value: CardValue; comment: string }[]>
  pixels(
    frame: string,
    plane?: 'data' | 'uncertainty' | 'mask' | 'snr' | 'coverage' | 'rejected',
  ): Promise<{ width: number; height: number; data: Float32Array | Uint8Array; unit: string }>
  /** Red, green and blue of a frame behind a colour mask, as the viewer shows them; 'bilinear' unless 'vng' is asked for. */
  colours(frame: string, options?: AsterismOptions & { readonly method?: string }): Promise<ColourPlanes>
  exportFits(frame: string, options?: { readonly compression?: string }): Promise<Blob>
  /** A picture in colour as 'png' (8 bits, unless another is asked for), 'png16', 'tiff' (16 bits), 'tiff8' or 'fits'. */
  exportPicture(
    picture: string,
    options?: AsterismOptions & {
      readonly format?: string
      readonly title?: string
      readonly credit?: string
    },
  ): Promise<Blob>
  exportTable(table: string, format: string): Promise<Blob>
  /** Tables that came with files; their ids go to `exportTable`. */
  tables(): Promise<FileTableSummary[]>
  /** The steps behind a result as a Python notebook, or as one script. */
  exportNotebook(id: string, options?: AsterismOptions & { readonly format?: string }): Promise<Blob>
  /** The whole workspace as one zip, in the directory scheme of docs/scripting.md. */
  exportProject(options?: AsterismOptions): Promise<Blob>
  importProject(zip: Blob, options?: AsterismOptions): Promise<ImportReport>
  /** Makes the seeded demonstration night and takes it in; the truth comes with the report. */
  simulateNight(options?: AsterismOptions): ReturnType<Studio['simulateNight']>
  /** Where something is, by its name or by coordinates; the lists that come with the app first, then the name service. */
  resolve(name: string, options?: AsterismOptions): Promise<ResolvedName>
  /** Stars of a catalogue around a place: `tycho2`, one of a service, or `table:` with the id of a table that came with a file. */
  catalogue(
    question: {
      readonly id: string
      readonly ra: number
      readonly dec: number
      readonly radius: number
      readonly faintest?: number
      readonly most?: number
      readonly epoch?: number
    },
    options?: AsterismOptions,
  ): Promise<ListedCatalogue>
  /** What contradicts itself in the workspace; nothing is changed. */
  check(options?: AsterismOptions & { readonly thorough?: boolean }): Promise<WorkspaceCheck>
  reset(): Promise<void>
  backends(): ReturnType<Studio['backends']>
}

declare global {
  interface Window {
    asterism?: Asterism
  }
}

const toInput = (input: File | Blob | string, index: number): IngestInput => {
  if (typeof input === 'string') return { url: input }
  const file = input instanceof File ? input : null
  const path = file === null ? `blob-${index + 1}` : file.webkitRelativePath || file.name
  return { path, blob: input }
}

export const createScripting = (studio: Studio, version: string): Asterism => ({
  version,
  ready: studio.ready,
  ingest: (inputs, options) => studio.ingest(inputs.map(toInput), options),
  submit: (order, options) => studio.submit(order, options),
  query: (table, filter) => studio.query(table, filter),
  provenance: (id) => studio.provenance(id),
  takePlanes: async (frame, planes, options = {}) => {
    // What is no list is refused as one without planes.
    const wanted = Array.isArray(planes) ? planes.map((plane) => Number(plane) - 1) : []
    const report = await studio.takePlanes(frame, wanted, options)
    if (options.leaveOut !== false) await studio.setExcluded([frame], true)
    return report
  },
  header: (frame) => studio.header(frame),
  pixels: (frame, plane) => studio.pixels(frame, plane),
  colours: (frame, { method = 'bilinear', ...options } = {}) => {
    const known = DEBAYER_METHODS.find((candidate) => candidate === method)
    if (known !== undefined) return studio.colours(frame, known, options)
    return Promise.reject(
      new AsterismError(
        'bad-order',
        `Colours cannot be made by "${method}"; ask for one of ${DEBAYER_METHODS.join(', ')}.`,
        { method },
      ),
    )
  },
  exportFits: (frame, options = {}) => {
    const wish = options.compression ?? 'none'
    const compression = FRAME_COMPRESSIONS.find((known) => known === wish)
    if (compression !== undefined) return studio.exportFits(frame, { compression })
    return Promise.reject(
      new AsterismError(
        'bad-order',
        `Frames cannot be packed by "${wish}"; ask for one of ${FRAME_COMPRESSIONS.join(', ')}.`,
        { compression: wish },
      ),
    )
  },
  exportPicture: (picture, { format = 'png', ...options } = {}) => {
    const known = PICTURE_FORMATS.find((candidate) => candidate === format)
    if (known !== undefined) return studio.exportPicture(picture, { ...options, format: known })
    return Promise.reject(
      new AsterismError(
        'bad-order',
        `A picture cannot be written as "${format}"; ask for one of ${PICTURE_FORMATS.join(', ')}.`,
        { format },
      ),
    )
  },
  exportTable: (table, format) => {
    const known = TABLE_FORMATS.find((candidate) => candidate === format)
    if (known !== undefined) return studio.exportTable(table, known)
    return Promise.reject(
      new AsterismError(
        'bad-order',
        `Tables cannot be written as "${format}" in this version; ask for one of ${TABLE_FORMATS.join(', ')}.`,
        { format },
      ),
    )
  },
  tables: async () => (await studio.tables.listFileTables()).map(summariseFileTable),
  exportNotebook: (id, { format = 'ipynb', ...options } = {}) => {
    const known = NOTEBOOK_FORMATS.find((candidate) => candidate === format)
    if (known !== undefined) return studio.exportNotebook(id, known, options)
    return Promise.reject(
      new AsterismError(
        'bad-order',
        `A notebook cannot be written as "${format}"; ask for one of ${NOTEBOOK_FORMATS.join(', ')}.`,
        { format },
      ),
    )
  },
  exportProject: (options) => studio.exportProject(options),
  importProject: (zip, options) => studio.importProject(zip, options),
  simulateNight: (options) => studio.simulateNight(options),
  resolve: (name, options) => studio.sky.resolve(name, options),
  catalogue: async ({ ra, dec, radius, ...question }, options) =>
    listCatalogue(
      await studio.sky.load({ ...question, cone: { rightAscension: ra, declination: dec, radius } }, options),
    ),
  check: (options) => studio.care.check(options),
  reset: () => studio.reset(),
  backends: () => studio.backends(),
})
