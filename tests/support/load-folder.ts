import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { hashBytes } from '../../web/core/ids'
import { bytesIdOf, readExposures } from '../../web/ingest/read-exposure'
import type { Workspace } from '../../web/storage/workspace'

/** Puts every FITS file of a folder of real frames into a workspace, in the order of their names. */
export const loadFolder = async (
  workspace: Workspace,
  folder: string,
  keep = (_name: string) => true,
): Promise<string[]> => {
  const ids: string[] = []
  const names = readdirSync(folder).filter((name) => /\.(fits|fit|fts)(\.gz)?$/i.test(name) && keep(name))
  for (const name of names.sort()) {
    const stored = readFileSync(join(folder, name))
    const bytes = new Uint8Array(name.endsWith('.gz') ? gunzipSync(stored) : stored)
    const sha256 = await hashBytes(bytes)
    const { exposures, headers } = readExposures({
      path: name.replace(/\.gz$/, ''),
      bytes,
      sha256,
      batch: 'folder',
      now: 0,
    })
    await workspace.pixels.write(bytesIdOf(sha256), bytes)
    await workspace.saveExposures(
      exposures.map((exposure) => ({
        exposure,
        cards: headers.find((header) => header.id === exposure.id)?.cards ?? [],
      })),
    )
    ids.push(...exposures.map((exposure) => exposure.id))
  }
  return ids
}
