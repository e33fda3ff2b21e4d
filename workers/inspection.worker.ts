import { createInspector } from '../web/pipeline/inspect'
import type { InspectionContract } from '../web/rpc/contracts'
import { withTaskPort } from '../web/rpc/task-port'
import { exposeContract, giveAway } from '../web/rpc/worker-side'
import { openWorkspace } from '../web/storage/workspace'

const opened = openWorkspace().then(createInspector)

exposeContract({
  pixels: (frame, plane, port) =>
    withTaskPort(port, async () => {
      const reply = await (await opened).pixels(frame, plane)
      return giveAway(reply, [reply.data.buffer])
    }),
  thumbnail: async (frame, size) => (await opened).thumbnail(frame, size),
  measureStar: async (request) => (await opened).measureStar(request),
  measureLiveCurve: (job, port) =>
    withTaskPort(port, async (task) => (await opened).measureLiveCurve(job, task)),
  exportFits: async (frame) => {
    const bytes = await (await opened).exportFits(frame)
    return giveAway(bytes, [bytes.buffer])
  },
} satisfies InspectionContract)
