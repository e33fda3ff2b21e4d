import type { StoreSchema } from './record-store'
import type { CameraReportsSchema } from './stores/camera-reports'
import type { CatalogueConesSchema } from './stores/catalogue-cones'
import type { CompositesSchema } from './stores/composites'
import type { ExposuresSchema } from './stores/exposures'
import type { FileTablesSchema } from './stores/file-tables'
import type { FrameStatisticsSchema } from './stores/frame-statistics'
import type { HeadersSchema } from './stores/headers'
import type { LightcurvesSchema } from './stores/lightcurves'
import type { LogSchema } from './stores/log'
import type { MastersSchema } from './stores/masters'
import type { PhotometryFramesSchema } from './stores/photometry-frames'
import type { PhotometryTablesSchema } from './stores/photometry-tables'
import type { PlateSolutionsSchema } from './stores/plate-solutions'
import type { ProfilesSchema } from './stores/profiles'
import type { ProjectsSchema } from './stores/projects'
import type { ReducedSchema } from './stores/reduced'
import type { RowFlagsSchema } from './stores/row-flags'
import type { SettingsSchema } from './stores/settings'
import type { SourcesSchema } from './stores/sources'
import type { StacksSchema } from './stores/stacks'
import type { StepsSchema } from './stores/steps'
import type { TargetsSchema } from './stores/targets'
import type { WorkOrdersSchema } from './stores/work-orders'

export const DATABASE_NAME = 'asterism'

/** Every store by name: the record that it holds and the indexes that it can be listed by. */
export interface StoreMap {
  readonly exposures: ExposuresSchema
  readonly headers: HeadersSchema
  readonly masters: MastersSchema
  readonly reduced: ReducedSchema
  readonly stacks: StacksSchema
  readonly sources: SourcesSchema
  readonly photometry_tables: PhotometryTablesSchema
  readonly photometry_frames: PhotometryFramesSchema
  readonly lightcurves: LightcurvesSchema
  readonly work_orders: WorkOrdersSchema
  readonly steps: StepsSchema
  readonly log: LogSchema
  readonly settings: SettingsSchema
  readonly targets: TargetsSchema
  readonly projects: ProjectsSchema
  readonly file_tables: FileTablesSchema
  readonly row_flags: RowFlagsSchema
  readonly profiles: ProfilesSchema
  readonly camera_reports: CameraReportsSchema
  readonly catalogue_cones: CatalogueConesSchema
  readonly frame_statistics: FrameStatisticsSchema
  readonly plate_solutions: PlateSolutionsSchema
  readonly composites: CompositesSchema
}

export type StoreName = keyof StoreMap

/** Holds for every entry of the map; the compiler says so here and not at each use. */
export type RecordOf<Name extends StoreName> = StoreMap[Name] extends StoreSchema
  ? StoreMap[Name]['record']
  : never

export const STORE_NAMES: readonly StoreName[] = [
  'exposures',
  'headers',
  'masters',
  'reduced',
  'stacks',
  'sources',
  'photometry_tables',
  'photometry_frames',
  'lightcurves',
  'work_orders',
  'steps',
  'log',
  'settings',
  'targets',
  'projects',
  'file_tables',
  'row_flags',
  'profiles',
  'camera_reports',
  'catalogue_cones',
  'frame_statistics',
  'plate_solutions',
  'composites',
]
