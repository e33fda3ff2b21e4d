import { openFileTable } from '../web/ingest/open-file-table'
import { createTableSession } from '../web/pipeline/explore/table-session'
import { writeQueriedTable } from '../web/pipeline/explore/write-queried-table'
import type { QueryContract } from '../web/rpc/contracts'
import { exposeContract, giveAway } from '../web/rpc/worker-side'
import { openWorkspace } from '../web/storage/workspace'

const opened = openWorkspace().then((workspace) => createTableSession(workspace, openFileTable))

exposeContract({
  ask: async (query) => (await opened).ask(query),
  slice: async (query, from, to) => (await opened).slice(query, from, to),
  pick: async (query, numbers) => (await opened).pick(query, numbers),
  columns: async (query, names) => {
    const answer = await (await opened).columns(query, names)
    const buffers = answer.columns.map((column) =>
      column.kind === 'text' ? column.codes.buffer : column.values.buffer,
    )
    return giveAway(answer, [answer.numbers.buffer, ...buffers])
  },
  group: async (query, by) => (await opened).group(query, by),
  write: async (query, wanted) => {
    const bytes = await writeQueriedTable(await opened, query, wanted)
    return giveAway(bytes, [bytes.buffer])
  },
} satisfies QueryContract)
