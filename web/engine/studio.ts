import type { CameraReportRecord } from '../core/camera-report'
import type { ColourPlanes, DebayerMethod } from '../core/colour-picture'
import type { CardValue, HeaderCard } from '../core/header'
import type { ImportReport, ProjectSummary } from '../core/import-report'
import type { ExposureRecord, FrameFacts, FrameReading } from '../core/frame'
import type { FrameStatisticsRecord } from '../core/frame-statistics'
import type { CompositeRecord } from '../core/composite'
import type { PictureFormat } from '../core/picture-format'
import type { FrameCompression } from '../core/frame-compression'
import type { LightCurveRecord } from '../core/light-curve'
import type { NotebookFormat } from '../core/notebook-format'
import type { Point } from '../core/image'
import type { ProvenanceGraph } from '../core/provenance'
import type { ProjectRecord, TargetRecord } from '../core/target'
import type { Progress } from '../core/task'
import type {
  IngestReport,
  LogRecord,
  OrderRecord,
  Row,
  StepRecord,
  TableName,
  WorkOrder,
  WorkOrderReport,
} from '../core/work-order'
import type { SimulationReport } from '../ingest/ingest-simulation'
import type { InstrumentProfile } from '../ingest/instruments/profile-schema'
import type { ProfileTrial } from '../ingest/instruments/try-profile'
import type { FilePreview } from '../ingest/preview-file'
import type { MasterRecord } from '../core/master'
import type { TableFormat } from '../core/table-format'
import type { RowsToExport } from '../pipeline/export/tabulate-rows'
import type { BadPixelEdits } from '../pipeline/edit-bad-pixels'
import type { CompositePreview, PreviewRequest } from '../pipeline/composite/preview-composite'
import type { FramePlane, Plane } from '../pipeline/inspect/frame-pixels'
import type { LiveCurveInput } from '../pipeline/inspect/live-curve'
import type { StarInspection } from '../pipeline/inspect/star'
import type { SkyDesk } from './ask-sky'
import type { CallOptions } from './call-options'
import type { WorkspaceCare } from './care-for-workspace'
import type { CalibrationKeeper } from './keep-calibration'
import type { TableExplorer } from './explore-tables'
import type { PlateSolutionRecord } from '../core/plate-solution'
import type { ReducedRecord } from '../core/reduced'
import type { FrameQuality, SourceListRecord } from '../core/source-list'
import type { FrameWcs } from '../pipeline/astrometry/find-frame-wcs'
import type { StackRecord } from '../core/stack'
import type { MirrorControl, MirrorState, WatchControl, WatchState } from './folder-state'

export interface PictureOptions extends CallOptions {
  /** 'png' unless given. */
  readonly format?: PictureFormat
  readonly title?: string
  readonly credit?: string
}

export interface FitsOptions {
  /** 'none' unless given. */
  readonly compression?: FrameCompression
}

/** A file with the folder path it was dropped from, or an address to fetch. */
export type IngestInput = { readonly path: string; readonly blob: Blob } | { readonly url: string }

export interface StorageState {
  readonly usedBytes: number
  readonly quotaBytes: number
  readonly persisted: boolean
  readonly backend: 'opfs' | 'indexeddb'
}

export type StudioEvent =
  | { readonly kind: 'frames-changed' }
  | { readonly kind: 'profiles-changed' }
  | { readonly kind: 'calibration-changed' }
  | { readonly kind: 'results-changed'; readonly tables: readonly TableName[] }
  | { readonly kind: 'order-changed'; readonly order: OrderRecord }
  | {
      readonly kind: 'order-progress'
      readonly order: string
      readonly step: string
      readonly progress: Progress
    }
  | { readonly kind: 'ingest-progress'; readonly progress: Progress; readonly name: string }
  | { readonly kind: 'log'; readonly line: LogRecord }
  | { readonly kind: 'writer-changed'; readonly canWrite: boolean }
  | { readonly kind: 'watch-changed'; readonly state: WatchState }
  | { readonly kind: 'mirror-changed'; readonly state: MirrorState }

export interface ProfileEntry {
  readonly profile: InstrumentProfile
  readonly builtIn: boolean
  /** Milliseconds since 1970; null for one that is built in. */
  readonly createdAt: number | null
}

/** Everything the page can ask for. The scripting interface and the panels both stand on it. */
export interface Studio extends CalibrationKeeper {
  readonly ready: Promise<void>
  subscribe(listener: (event: StudioEvent) => void): () => void
  ingest(
    inputs: readonly IngestInput[],
    options?: CallOptions & { readonly batch?: string },
  ): Promise<IngestReport>
  /**
   * Makes planes of a cube, 0-based, frames of their own, which can be calibrated and measured like any other; no pixel is copied.
   * `pixels('<cube>/plane3')` looks at the third plane without that.
   */
  takePlanes(frame: string, planes: readonly number[], options?: CallOptions): Promise<IngestReport>
  /** The picture of a file before it is taken in; null where it is no plain FITS image. */
  preview(file: Blob): Promise<FilePreview | null>
  submit(order: WorkOrder, options?: CallOptions): Promise<WorkOrderReport>
  cancel(order: string): void
  listExposures(): Promise<ExposureRecord[]>
  /** Those that are not among the known ones: what came in, at the cost of what came in. */
  listNewExposures(known: ReadonlySet<string>): Promise<ExposureRecord[]>
  listMasters(): Promise<MasterRecord[]>
  listReduced(): Promise<ReducedRecord[]>
  listStacks(): Promise<StackRecord[]>
  /** What the pixels of frames are like, of those that were measured. */
  listFrameStatistics(): Promise<FrameStatisticsRecord[]>
  listSources(): Promise<SourceListRecord[]>
  listLightCurves(): Promise<LightCurveRecord[]>
  listCameraReports(): Promise<CameraReportRecord[]>
  /** Pictures in colour. */
  listComposites(): Promise<CompositeRecord[]>
  listOrders(): Promise<OrderRecord[]>
  listSteps(order: string): Promise<StepRecord[]>
  /** What was done, oldest first. */
  listLog(): Promise<LogRecord[]>
  /** Orders that a killed tab left running; they go on when submitted as 'resume_file_batch'. */
  listUnfinishedOrders(): Promise<OrderRecord[]>
  /** Everything that a result was made from, down to the original files. */
  provenance(id: string): Promise<ProvenanceGraph>
  query(table: TableName, filter?: Readonly<Record<string, unknown>>): Promise<Row[]>
  header(frame: string): Promise<{ keyword: string; value: CardValue; comment: string }[]>
  cards(frame: string): Promise<readonly HeaderCard[]>
  /** Where a frame, a stack or a plane of a cube is on the sky, in its own pixels: as it was solved, else as its header says; null where nobody knows. */
  findWcs(frame: string): Promise<FrameWcs | null>
  /** All plate solutions; of several of one exposure the newest counts. */
  listSolutions(): Promise<PlateSolutionRecord[]>
  /** Gives what was removed, so that it can come back. */
  forgetSolutions(exposures: readonly string[]): Promise<PlateSolutionRecord[]>
  restoreSolutions(solutions: readonly PlateSolutionRecord[]): Promise<void>
  pixels(frame: string, plane?: Plane, options?: CallOptions): Promise<FramePlane>
  /** Red, green and blue of a frame that was taken through a mosaic of filters; bilinear where nothing else is asked for. */
  colours(frame: string, method?: DebayerMethod, options?: CallOptions): Promise<ColourPlanes>
  /** Inputs of a picture in colour on one grid, and what they are like; nothing is kept. */
  previewComposite(request: PreviewRequest, options?: CallOptions): Promise<CompositePreview>
  /** Gives the pictures that were removed, so that it can be undone. */
  removeComposites(ids: readonly string[]): Promise<CompositeRecord[]>
  keepComposites(records: readonly CompositeRecord[]): Promise<void>
  /** An 8-bit grey picture at most `size` pixels wide or high, stretched by percentiles. */
  thumbnail(frame: string, size: number): Promise<{ width: number; height: number; grey: Uint8Array }>
  measureStar(
    frame: string,
    at: Point,
    radius: number,
    annulus: readonly [number, number],
  ): Promise<StarInspection>
  measureLiveCurve(request: LiveCurveInput, options?: CallOptions): Promise<LightCurveRecord>
  /** Stores a curve that was measured live, as an order would. */
  keepLightCurve(curve: LightCurveRecord): Promise<void>
  /** A map of bad pixels with what a person marked as bad or good: a new master; the old one stays. */
  editBadPixels(map: string, edits: BadPixelEdits): Promise<MasterRecord>
  /** What a person says wins over the header. Gives the former corrections, so that it can be undone. */
  correct(frames: readonly string[], changes: Partial<FrameFacts>): Promise<Map<string, Partial<FrameFacts>>>
  restoreCorrections(corrections: ReadonlyMap<string, Partial<FrameFacts>>): Promise<void>
  /** Instrument profiles: a person's own first, in the order of their titles, then those that are built in. */
  listProfiles(): Promise<ProfileEntry[]>
  /** A draft for a frame, which knows its camera again. */
  proposeProfile(frame: string): Promise<InstrumentProfile>
  /** What a draft would do for a frame, and how many others it would take; nothing is stored. */
  tryProfile(given: unknown, frame: string): Promise<ProfileTrial>
  /** Keeps a profile under its name. Gives the one that it takes the place of, so that it can be undone. */
  saveProfile(given: unknown): Promise<InstrumentProfile | null>
  /** Gives the profile that was removed. */
  removeProfile(name: string): Promise<InstrumentProfile | null>
  /** Keeps a profile from the text of a file. */
  importProfile(
    text: string,
  ): Promise<{ readonly profile: InstrumentProfile; readonly former: InstrumentProfile | null }>
  /** The text of a profile's file. */
  exportProfile(name: string): Promise<string>
  /**
   * Reads the stored headers of these frames (of all, when left out) again with the profiles as they are. Corrections stay. Gives what was
   * read before, where it changed.
   */
  rereadFrames(frames?: readonly string[], options?: CallOptions): Promise<Map<string, FrameReading>>
  restoreReadings(readings: ReadonlyMap<string, FrameReading>): Promise<void>
  setExcluded(frames: readonly string[], excluded: boolean): Promise<void>
  /** Hides the frames at once; bytes go when `purgeRemoved` is called, so that a removal can be undone. */
  remove(frames: readonly string[]): Promise<void>
  restoreRemoved(frames: readonly string[]): Promise<void>
  purgeRemoved(): Promise<void>
  /** Width of the stars, sky and noise of a stack, measured as those of its frames. */
  measureStack(stack: string): Promise<FrameQuality>
  /** Gives the former name, so that it can be undone. */
  renameStack(stack: string, name: string): Promise<string>
  /** Gives what was removed; its bytes go when `purgeRemoved` is called. */
  removeStacks(stacks: readonly string[]): Promise<StackRecord[]>
  restoreStacks(stacks: readonly StackRecord[]): Promise<void>
  listTargets(): Promise<TargetRecord[]>
  listProjects(): Promise<ProjectRecord[]>
  /** Puts some and removes others in one go; refuses what is no name or no place in the sky. */
  changeTargets(change: {
    readonly put?: readonly TargetRecord[]
    readonly remove?: readonly string[]
  }): Promise<void>
  changeProjects(change: {
    readonly put?: readonly ProjectRecord[]
    readonly remove?: readonly string[]
  }): Promise<void>
  /** Measures what masters say of the camera, as far as that was not done yet; gives how many were measured. */
  measureMasters(): Promise<number>
  /** Measures frames that were not measured yet, while nothing else is going on; gives how many. */
  measureFrames(options?: CallOptions): Promise<number>
  exportFits(frame: string, options?: FitsOptions): Promise<Blob>
  /** A picture in colour as a file, drawn at its full size. */
  exportPicture(picture: string, options?: PictureOptions): Promise<Blob>
  /** What removed frames and tables still take until they are purged; about, as files with several frames are counted by frame. */
  weighRemoved(): Promise<{ readonly frames: number; readonly tables: number; readonly bytes: number }>
  /** The steps behind a master, a calibrated frame, a stack of frames as they lie, a light curve or an order as Python to read and run. */
  exportNotebook(id: string, format: NotebookFormat, options?: CallOptions): Promise<Blob>
  /** By the id of a light curve, photometry table or list of sources, or by the name of a whole table. */
  exportTable(table: string, format: TableFormat): Promise<Blob>
  /** How the workspace is: its stores, what contradicts itself, what can be let go. */
  readonly care: WorkspaceCare
  /** Names and catalogues of the sky. */
  readonly sky: SkyDesk
  /** Tables to be asked: filtered, sorted, grouped, flagged. */
  readonly tables: TableExplorer
  /** Rows that a panel shows, as it shows them. */
  exportRows(content: RowsToExport, format: TableFormat): Promise<Blob>
  /** The whole workspace as one zip. */
  exportProject(options?: CallOptions): Promise<Blob>
  /** The same into a file that a person chose, which may be larger than what the browser keeps. */
  saveProject(chosen: FileSystemFileHandle, options?: CallOptions): Promise<void>
  /** What a zip says of itself; null where it is no project. */
  inspectProject(zip: Blob): Promise<ProjectSummary | null>
  /** Adds what is in a project to the workspace; the files of any other zip are taken in as frames. */
  importProject(zip: Blob, options?: CallOptions): Promise<ImportReport>
  /** A folder on disk that frames come from as they are taken. */
  readonly watch: WatchControl
  /** A folder on disk that follows the workspace. */
  readonly mirror: MirrorControl
  storage(): Promise<StorageState>
  reset(): Promise<void>
  /** Bytes of pixels that all workers together may hold at once. */
  memoryLimit(): Promise<number>
  setMemoryLimit(bytes: number): Promise<void>
  backends(): Promise<{
    cpu: true
    wasm: { simd: boolean; threads: number }
    webgpu: null | { adapter: string; software: boolean; used: boolean }
    /** What was found wrong with a fast backend at start-up; the work goes on without it. */
    notes: readonly string[]
  }>
  /** Makes the seeded night of the demonstration in a worker and takes it in, frame by frame. */
  simulateNight(options?: CallOptions): Promise<SimulationReport>
}
