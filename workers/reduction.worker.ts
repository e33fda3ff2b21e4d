import { runStep } from '../web/pipeline/run-step'
import type { ReductionContract } from '../web/rpc/contracts'
import { withTaskPort } from '../web/rpc/task-port'
import { exposeContract } from '../web/rpc/worker-side'
import { createFrameSource } from '../web/pipeline/frame-source'
import { openWorkspace } from '../web/storage/workspace'

const opened = openWorkspace().then((workspace) => ({ workspace, frames: createFrameSource(workspace) }))

exposeContract({
  runStep: (job, port) => withTaskPort(port, async (task) => runStep({ ...(await opened), ...job, task })),
} satisfies ReductionContract)
