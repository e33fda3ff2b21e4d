import { AsterismError } from '../web/core/errors'
import { ingestSources } from '../web/ingest/ingest-sources'
import { listBuiltInProfiles } from '../web/ingest/instruments/built-in-profiles'
import { readOwnProfiles } from '../web/ingest/instruments/own-profiles'
import { parseProfile } from '../web/ingest/instruments/parse-profile'
import { proposeProfile } from '../web/ingest/instruments/propose-profile'
import { rereadFrames } from '../web/ingest/instruments/reread-frames'
import { checkOwnProfile, tryProfile } from '../web/ingest/instruments/try-profile'
import { createStorageSink } from '../web/ingest/storage-sink'
import { takePlanes } from '../web/ingest/take-planes'
import type { IngestContract } from '../web/rpc/contracts'
import { withTaskPort } from '../web/rpc/task-port'
import { exposeContract } from '../web/rpc/worker-side'
import { openWorkspace } from '../web/storage/workspace'

const opened = openWorkspace()
const sink = opened.then(createStorageSink)

exposeContract({
  ingest: (sources, batch, port) =>
    withTaskPort(port, async (task) => ingestSources(sources, { batch, sink: await sink, task })),
  takePlanes: (frame, planes, port) =>
    withTaskPort(port, async (task) => takePlanes(await opened, frame, planes, task)),
  builtInProfiles: () => Promise.resolve(listBuiltInProfiles()),
  checkProfile: (given) => Promise.resolve(checkOwnProfile(given)),
  parseProfile: async (text) => {
    const profile = parseProfile(text)
    const { faults } = checkOwnProfile(profile)
    if (faults.length > 0) throw new AsterismError('bad-profile', faults.join(' '))
    return profile
  },
  proposeProfile: async (frame) => {
    const workspace = await opened
    const header = await workspace.headers.get(frame)
    if (header === undefined)
      throw new AsterismError('not-found', 'This frame has no header in the workspace.', { frame })
    return proposeProfile(header.cards, await readOwnProfiles(workspace))
  },
  tryProfile: async (given, frame) => tryProfile(await opened, given, frame),
  rereadFrames: (frames, port) =>
    withTaskPort(port, async (task) => rereadFrames(await opened, frames, task)),
} satisfies IngestContract)
