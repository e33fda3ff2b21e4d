import { readFileSync } from 'node:fs'
import { idleTask } from '../../../web/core/task'
import { unwrap } from '../../../web/ingest/unwrap'

/** A file as it is taken in: without the gzip, bzip2 or compress around it. */
export const unpackFile = async (path: string): Promise<Uint8Array<ArrayBuffer>> => {
  const blob = new Blob([readFileSync(path)])
  const { bytes } = await unwrap({ path, blob }, 2 ** 30, idleTask())
  return bytes ?? new Uint8Array(await blob.arrayBuffer())
}
