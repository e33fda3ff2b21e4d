import { ingestSources } from '../web/ingest/ingest-sources'
import { createStorageSink } from '../web/ingest/storage-sink'
import type { IngestContract } from '../web/rpc/contracts'
import { withTaskPort } from '../web/rpc/task-port'
import { exposeContract } from '../web/rpc/worker-side'
import { openWorkspace } from '../web/storage/workspace'

const opened = openWorkspace().then(createStorageSink)

exposeContract({
  ingest: (sources, batch, port) =>
    withTaskPort(port, async (task) => ingestSources(sources, { batch, sink: await opened, task })),
} satisfies IngestContract)
