import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const SHARED_DATA = resolve(dirname(fileURLToPath(import.meta.url)), '../../../shared/data')

/**
 * Absolute path of a real-data set beside the repository, such as 'hatp32_transit', or null where a clone stands alone.
 * Under REQUIRE_ALL=1 a missing set is a failure, so that a skipped test cannot hide in a full run.
 */
export const requireShared = (relativePath: string): string | null => {
  const path = resolve(SHARED_DATA, relativePath.replace(/^data\//, ''))
  if (existsSync(path)) return path
  if (process.env['REQUIRE_ALL'] === '1')
    throw new Error(`REQUIRE_ALL=1 and the data set ${relativePath} is missing`)
  console.warn(`skipped: the data set ${relativePath} is not beside this clone`)
  return null
}
