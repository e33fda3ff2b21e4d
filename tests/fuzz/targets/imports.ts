import 'fake-indexeddb/auto'
import { createHash } from 'node:crypto'
import { zipSync } from 'fflate'
import { idleTask } from '../../../web/core/task'
import { TABLE_NAMES } from '../../../web/core/work-order'
import { importProject } from '../../../web/ingest/project/import-project'
import { gatherProvenance } from '../../../web/pipeline/provenance/gather-provenance'
import type { Random } from '../../../web/science/math/random'
import { checkWorkspace } from '../../../web/storage/check-workspace'
import { queryTable } from '../../../web/storage/query'
import { SCHEMA_VERSION } from '../../../web/storage/migrations/all-migrations'
import type { StoreName } from '../../../web/storage/schema'
import { openWorkspace, type Workspace } from '../../../web/storage/workspace'
import { createMemoryPixels } from '../../support/memory-pixels'
import { mutateJson } from '../mutate-json'
import { chance, drawCount, pick } from '../pick'
import { RECORD_STORES, STORED_RECORDS } from '../records-corpus'
import { promise, type FuzzTarget } from '../target'
import { settleLater } from './outcome'

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Bytes that the records name, so that they are not turned away for those alone. */
const NAMED_BYTES = RECORD_STORES.flatMap((store) =>
  STORED_RECORDS[store].flatMap((record) => {
    const { bytesId, pixels } = record as { bytesId?: string; pixels?: { bytesId: string } }
    return [bytesId ?? pixels?.bytesId ?? []].flat()
  }),
)
const PIXELS = new Uint8Array(8640)

interface Line {
  readonly store: StoreName
  readonly text: Uint8Array
}

const makeProject = (lines: readonly Line[], schema: number): Uint8Array<ArrayBuffer> => {
  const files: Record<string, Uint8Array> = {}
  const listed: unknown[] = [...new Set(NAMED_BYTES)].map((id, index) => {
    const path = `raw/${index}.fits`
    files[path] = PIXELS
    return { role: 'bytes', path, bytes: PIXELS.length, sha256: sha256(PIXELS), id }
  })
  for (const store of RECORD_STORES) {
    const own = lines.filter((line) => line.store === store)
    const text = Buffer.concat(own.flatMap((line) => [line.text, Buffer.from('\n')]))
    files[`records/${store}.jsonl`] = text
    listed.push({
      role: 'records',
      path: `records/${store}.jsonl`,
      bytes: text.length,
      sha256: sha256(text),
      store,
      records: own.length,
    })
  }
  const manifest = {
    format: 'asterism-project',
    version: 1,
    app: 'fuzz',
    schema,
    createdAt: '2026-01-01T00:00:00Z',
    stores: {},
    missing: [],
    files: listed,
  }
  files['asterism.json'] = new TextEncoder().encode(JSON.stringify(manifest))
  return new Uint8Array(zipSync(files, { level: 0 }))
}

const drawLines = (random: Random): Line[] => {
  const hurt = new Set(Array.from({ length: drawCount(random, 4) }, () => pick(random, RECORD_STORES)))
  return RECORD_STORES.flatMap((store) =>
    STORED_RECORDS[store].map((record): Line => ({
      store,
      text: hurt.has(store)
        ? // A record is one line, whatever was done to it.
          mutateJson(random, [record]).map((byte) => (byte === 0x0a ? 0x20 : byte))
        : new TextEncoder().encode(JSON.stringify(record)),
    })),
  )
}

const PARTS = ['camera-', 'frame-', 'calibrated-', 'curve-', 'photometry-', 'stack-', 'master-']

/** All that is asked of a workspace when it is looked at. */
const lookThrough = async (workspace: Workspace): Promise<void> => {
  for (const table of TABLE_NAMES) {
    const rows = await settleLater(() => queryTable(workspace, table))
    // Rows go to another thread.
    if ('value' in rows) structuredClone(rows.value)
  }
  await settleLater(() => checkWorkspace(workspace, { running: new Set() }, idleTask()))
  for (const store of RECORD_STORES)
    for (const { id } of STORED_RECORDS[store])
      if (PARTS.some((part) => id.startsWith(part))) await settleLater(() => gatherProvenance(workspace, id))
}

let number = 0

/** A project whose hashes are right and whose records are not: what is kept of them can be looked at like any other. */
export const imports: FuzzTarget = {
  name: 'imports',
  make: (random) =>
    makeProject(drawLines(random), chance(random, 0.9) ? SCHEMA_VERSION : random.integer(SCHEMA_VERSION + 2)),
  run: async (input) => {
    const name = `fuzz-${number++}`
    const workspace = await openWorkspace({ name, pixels: createMemoryPixels() })
    try {
      const report = await importProject(workspace, new Blob([input]), idleTask())
      for (const { code, reason } of report?.rejected ?? []) {
        promise(code !== 'unexpected', `a record is refused for an error of ours: ${reason}`)
        promise(reason.length > 10, `a record is refused without a reason: ${reason}`)
      }
      await lookThrough(workspace)
    } finally {
      workspace.close()
      indexedDB.deleteDatabase(name)
    }
  },
}
