import { openCompute } from '../web/compute/open-compute'
import { openFileTable } from '../web/ingest/open-file-table'
import { createSkyTiles, type SkyTiles } from '../web/pipeline/astrometry/sky-tiles'
import { createNameBook, type NameBook } from '../web/pipeline/names/name-book'
import { createFrameSource } from '../web/pipeline/create-frame-source'
import { readMemoryLimit } from '../web/pipeline/memory-limit'
import { endStepPhase, runStepPart, startStep } from '../web/pipeline/run-step'
import type { StepContext } from '../web/pipeline/step'
import type { ReductionContract, StepJob, TaskPort } from '../web/rpc/contracts'
import { withTaskPort } from '../web/rpc/task-port'
import { exposeContract, giveAway } from '../web/rpc/worker-side'
import { openWorkspace } from '../web/storage/workspace'

const opened = openWorkspace().then(async (workspace) => {
  const memoryBytes = await readMemoryLimit(workspace)
  const compute = await openCompute(memoryBytes)
  return { workspace, frames: createFrameSource(workspace, compute), compute, memoryBytes }
})

/** Made once: it remembers the tiles that it has read. */
let tiles: SkyTiles | undefined
let book: NameBook | undefined

const withContext = <Result>(
  { workers, base, ...job }: StepJob,
  port: TaskPort,
  work: (context: StepContext) => Promise<Result>,
): Promise<Result> =>
  withTaskPort(port, async (task) => {
    const { memoryBytes, ...room } = await opened
    const names = (book ??= createNameBook(base))
    const sky = {
      tiles: (tiles ??= createSkyTiles({ base })),
      openFileTable,
      resolveName: (name: string) => names.find(name, task),
    }
    const context = { ...room, ...job, task, sky, resources: { workers, memoryBytes } }
    return room.compute.inTurn(() => work(context))
  })

exposeContract({
  startStep: (job, port) => withContext(job, port, startStep),
  runPart: async (job, request, port) => {
    const reply = await withContext(job, port, (context) => runStepPart(context, request))
    return giveAway(reply, reply.planes?.map((plane) => plane.buffer) ?? [])
  },
  endPhase: (job, end, port) => withContext(job, port, (context) => endStepPhase(context, end)),
} satisfies ReductionContract)
