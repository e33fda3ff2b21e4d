import { firstStores } from './0001-first-stores'
import { stacks } from './0002-stacks'
import { tablesFlagsProfiles } from './0003-tables-flags-profiles'
import { cameraReports } from './0004-camera-reports'
import { frameStatistics } from './0005-frame-statistics'
import { plateSolutions } from './0006-plate-solutions'
import { catalogueCones } from './0007-catalogue-cones'
import { composites } from './0008-composites'
import type { Migration } from './migration'

/** In order, without a gap: the version of the database is the number of the last. */
export const MIGRATIONS: readonly Migration[] = [
  firstStores,
  stacks,
  tablesFlagsProfiles,
  cameraReports,
  frameStatistics,
  plateSolutions,
  catalogueCones,
  composites,
]

export const SCHEMA_VERSION = MIGRATIONS.length
