import type {
  IngestContract,
  InspectionContract,
  ProjectContract,
  QueryContract,
  SimulationContract,
} from '../rpc/contracts'
import { createCallPool } from './call-pool'
import { keepWorker } from './keep-worker'
import {
  spawnIngestWorker,
  spawnInspectionWorker,
  spawnProjectWorker,
  spawnQueryWorker,
  spawnReductionWorker,
  spawnSimulationWorker,
} from './spawn-workers'
import { createWorkerPool } from './worker-pool'

/** Workers that make the pixels of frames to be looked at. */
const PAINTERS = 2

/** All workers of a page, each started when it is first asked for something. */
export const startWorkers = () => {
  const workers = {
    reducers: createWorkerPool(spawnReductionWorker),
    ingest: keepWorker<IngestContract>(spawnIngestWorker),
    // One that keeps what is dragged in mind, and two that only make pictures.
    inspector: keepWorker<InspectionContract>(spawnInspectionWorker),
    painters: createCallPool<InspectionContract>(spawnInspectionWorker, PAINTERS),
    simulator: keepWorker<SimulationContract>(spawnSimulationWorker),
    projects: keepWorker<ProjectContract>(spawnProjectWorker),
    // Of its own, so that cancelling an export does not end what is being written to a folder.
    mirrors: keepWorker<ProjectContract>(spawnProjectWorker),
    asker: keepWorker<QueryContract>(spawnQueryWorker),
  }
  return {
    ...workers,
    killAll: (): void => {
      for (const worker of Object.values(workers)) worker.kill()
    },
  }
}

export type Workers = ReturnType<typeof startWorkers>
