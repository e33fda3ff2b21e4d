import { openFileTable } from '../web/ingest/open-file-table'
import { createCatalogueDesk } from '../web/pipeline/catalogue/catalogue-desk'
import { createTableSession } from '../web/pipeline/explore/table-session'
import { writeQueriedTable } from '../web/pipeline/explore/write-queried-table'
import type { QueryContract } from '../web/rpc/contracts'
import { withTaskPort } from '../web/rpc/task-port'
import { exposeContract, giveAway } from '../web/rpc/worker-side'
import { openWorkspace } from '../web/storage/workspace'

const workspace = openWorkspace()
const opened = workspace.then((store) => createTableSession(store, openFileTable))
const catalogues = workspace.then((store) => createCatalogueDesk(store, openFileTable))

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
  resolveName: (name, base, port) =>
    withTaskPort(port, async (task) => (await catalogues).resolve(name, base, task)),
  namesAround: (cone, base, port) =>
    withTaskPort(port, async (task) => (await catalogues).around(cone, base, task)),
  loadCatalogue: (question, base, port) =>
    withTaskPort(port, async (task) => (await catalogues).load(question, base, task)),
  describeCatalogue: async (table) => (await catalogues).describe(table),
  chooseColumns: async (table, columns) => (await catalogues).choose(table, columns),
  readServices: async () => (await catalogues).services(),
  keepServices: async (services) => (await catalogues).keepServices(services),
} satisfies QueryContract)
