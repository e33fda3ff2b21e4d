import type { Cone } from '../core/catalogue'
import type { ColourPlanes } from '../core/colour-picture'
import type { FrameStatisticsRecord } from '../core/frame-statistics'
import type { FrameReading } from '../core/frame'
import type { ImportReport, ProjectSummary } from '../core/import-report'
import type { FrameCompression } from '../core/frame-compression'
import type { LightCurveRecord } from '../core/light-curve'
import type { MasterQuality } from '../core/master'
import type { FrameQuality } from '../core/source-list'
import type { ResolvedName } from '../core/resolved-name'
import type { SkyServices } from '../core/sky-services'
import type { TableFormat } from '../core/table-format'
import type {
  GroupedRows,
  QueriedColumns,
  QueriedRows,
  QueryAnswer,
  TableQuery,
  WantedFile,
} from '../core/table-query'
import type { IngestReport, Row, StepRecord } from '../core/work-order'
import type { MirrorReport } from '../ingest/project/mirror-project'
import type { StoreDescription, WorkspaceCheck } from '../core/workspace-care'
import type { SimulationReport } from '../ingest/ingest-simulation'
import type { CheckedProfile } from '../ingest/instruments/parse-profile'
import type { InstrumentProfile } from '../ingest/instruments/profile-schema'
import type { ProfileTrial } from '../ingest/instruments/try-profile'
import type { FilePreview } from '../ingest/preview-file'
import type { CatalogueQuestion, LoadedCatalogue } from '../pipeline/astrometry/load-catalogue'
import type { DroppedCatalogue } from '../pipeline/catalogue/dropped-catalogue'
import type { NotebookRequest } from '../pipeline/export/notebook/export-notebook'
import type { RowsToExport } from '../pipeline/export/tabulate-rows'
import type { CompositePreview, PreviewRequest } from '../pipeline/composite/preview-composite'
import type { PictureRequest } from '../pipeline/export/pictures/export-picture'
import type { ColoursRequest } from '../pipeline/inspect/frame-colours'
import type { FramePlane, Plane } from '../pipeline/inspect/frame-pixels'
import type { LiveCurveInput } from '../pipeline/inspect/live-curve'
import type { StarInspection, StarRequest } from '../pipeline/inspect/star'
import type { PartReply, PartRequest, PhaseEnd, StepAdvance } from '../pipeline/advance-step'

/**
 * What each worker can be asked. Every long call is given a port: progress comes back through it, and 'abort' goes in.
 * A port is plain and transferable; a proxied callback could be collected in mid-call, and the call would hang.
 */
export type TaskPort = MessagePort

export type IngestSource =
  | { readonly kind: 'file'; readonly path: string; readonly blob: Blob }
  | { readonly kind: 'address'; readonly url: string }

export interface IngestContract {
  ingest(sources: readonly IngestSource[], batch: string, port: TaskPort): Promise<IngestReport>
  /** Makes planes of a cube, 0-based, frames of their own. */
  takePlanes(frame: string, planes: readonly number[], port: TaskPort): Promise<IngestReport>
  /** Those that are built in. A person's own are in the store. */
  builtInProfiles(): Promise<readonly InstrumentProfile[]>
  checkProfile(given: unknown): Promise<CheckedProfile>
  /** A profile from the text of a file; rejects with what is wrong. */
  parseProfile(text: string): Promise<InstrumentProfile>
  proposeProfile(frame: string): Promise<InstrumentProfile>
  tryProfile(given: unknown, frame: string): Promise<ProfileTrial>
  /** What was read before, of the frames for which anything changed. */
  rereadFrames(frames: readonly string[], port: TaskPort): Promise<Map<string, FrameReading>>
}

export interface StepJob {
  readonly step: StepRecord
  /** The steps that it comes after, as they ended. */
  readonly before: readonly StepRecord[]
  /** How many share the work. */
  readonly workers: number
  /** Address of the page: what comes with the app lies beside it. */
  readonly base: string
}

export interface ReductionContract {
  startStep(job: StepJob, port: TaskPort): Promise<StepAdvance>
  runPart(job: StepJob, request: PartRequest, port: TaskPort): Promise<PartReply>
  endPhase(job: StepJob, end: PhaseEnd, port: TaskPort): Promise<StepAdvance>
}

export interface InspectionContract {
  /** The picture of a file that is not taken in yet; null where that has to be waited for. */
  preview(file: Blob): Promise<FilePreview | null>
  pixels(frame: string, plane: Plane, port: TaskPort): Promise<FramePlane>
  colours(request: ColoursRequest, port: TaskPort): Promise<ColourPlanes>
  thumbnail(frame: string, size: number): Promise<{ width: number; height: number; grey: Uint8Array }>
  measureStar(request: StarRequest): Promise<StarInspection>
  measureLiveCurve(input: LiveCurveInput, port: TaskPort): Promise<LightCurveRecord>
  measureMaster(id: string): Promise<MasterQuality>
  measureStack(id: string): Promise<FrameQuality>
  measureFrame(id: string): Promise<FrameStatisticsRecord>
  exportFits(frame: string, compression: FrameCompression, port: TaskPort): Promise<Uint8Array<ArrayBuffer>>
  previewComposite(request: PreviewRequest, port: TaskPort): Promise<CompositePreview>
  exportPicture(request: PictureRequest, port: TaskPort): Promise<Uint8Array<ArrayBuffer>>
  exportNotebook(request: NotebookRequest, port: TaskPort): Promise<string>
  exportTable(table: string, format: TableFormat): Promise<Uint8Array<ArrayBuffer>>
  exportRows(content: RowsToExport, format: TableFormat): Promise<Uint8Array<ArrayBuffer>>
  describeStores(): Promise<StoreDescription[]>
  /** `running`: orders at work; `thorough`: originals are read again and hashed. */
  checkWorkspace(running: readonly string[], thorough: boolean, port: TaskPort): Promise<WorkspaceCheck>
  /** Which backends this worker has, and what was found wrong with one. */
  describe(): Promise<{ readonly backends: readonly string[]; readonly notes: readonly string[] }>
}

export interface SimulationContract {
  /** Makes one night and takes each frame in as a file; `field` is the address of the star field. */
  simulate(batch: string, field: string, port: TaskPort): Promise<SimulationReport>
}

/** One table is asked at a time; the worker keeps its rows, and the page gets what it shows. */
export interface QueryContract {
  ask(query: TableQuery): Promise<QueryAnswer>
  slice(query: TableQuery, from: number, to: number): Promise<QueriedRows>
  pick(query: TableQuery, numbers: Uint32Array): Promise<Row[]>
  columns(query: TableQuery, names: readonly string[]): Promise<QueriedColumns>
  group(query: TableQuery, by: string): Promise<GroupedRows>
  write(query: TableQuery, wanted: WantedFile): Promise<Uint8Array<ArrayBuffer>>
  /** `base` is the address of the page. */
  resolveName(name: string, base: string, port: TaskPort): Promise<ResolvedName>
  namesAround(cone: Cone, base: string, port: TaskPort): Promise<readonly ResolvedName[]>
  loadCatalogue(question: CatalogueQuestion, base: string, port: TaskPort): Promise<LoadedCatalogue>
  /** A table that came with a file, as a catalogue. */
  describeCatalogue(table: string): Promise<DroppedCatalogue>
  chooseColumns(table: string, columns: unknown): Promise<void>
  readServices(): Promise<SkyServices>
  keepServices(services: SkyServices): Promise<SkyServices>
}

export interface ProjectContract {
  /** Into the file that a person chose, or, with null, into one that is given back. `app` is the version that writes it. */
  exportProject(chosen: FileSystemFileHandle | null, app: string, port: TaskPort): Promise<Blob | null>
  /** What a zip says of itself; null where it is no project. */
  inspectProject(zip: Blob): Promise<ProjectSummary | null>
  /** Null where it is no project: then its files are frames like any others. */
  importProject(zip: Blob, port: TaskPort): Promise<ImportReport | null>
  /** Brings a folder on disk up to date with the workspace. */
  mirrorProject(
    into: { readonly folder: FileSystemDirectoryHandle; readonly owner: string; readonly app: string },
    port: TaskPort,
  ): Promise<MirrorReport>
}
