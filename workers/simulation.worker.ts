import { ingestSimulation } from '../web/ingest/ingest-simulation'
import { createStorageSink } from '../web/ingest/storage-sink'
import type { SimulationContract } from '../web/rpc/contracts'
import { withTaskPort } from '../web/rpc/task-port'
import { exposeContract } from '../web/rpc/worker-side'
import { openWorkspace } from '../web/storage/workspace'

const opened = openWorkspace().then(createStorageSink)

exposeContract({
  simulate: (batch, field, port) =>
    withTaskPort(port, async (task) => ingestSimulation({ batch, field, sink: await opened }, task)),
} satisfies SimulationContract)
