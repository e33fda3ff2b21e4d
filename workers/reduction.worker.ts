import { openCompute } from '../web/compute/open-compute'
import { readMemoryLimit } from '../web/pipeline/memory-limit'
import { runStep } from '../web/pipeline/run-step'
import type { ReductionContract } from '../web/rpc/contracts'
import { withTaskPort } from '../web/rpc/task-port'
import { exposeContract } from '../web/rpc/worker-side'
import { createFrameSource } from '../web/pipeline/frame-source'
import { openWorkspace } from '../web/storage/workspace'

const opened = openWorkspace().then(async (workspace) => ({
  workspace,
  frames: createFrameSource(workspace),
  compute: await openCompute(await readMemoryLimit(workspace)),
}))

exposeContract({
  runStep: (job, port) => withTaskPort(port, async (task) => runStep({ ...(await opened), ...job, task })),
} satisfies ReductionContract)
