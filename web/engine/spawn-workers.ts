import type {
  IngestContract,
  InspectionContract,
  ProjectContract,
  QueryContract,
  ReductionContract,
  SimulationContract,
} from '../rpc/contracts'
import { connectWorker, type RemoteWorker } from '../rpc/page-side'

/** The only place where a worker is made: each line is read by the bundler, so the addresses must stay literal. */
export const spawnReductionWorker = (): RemoteWorker<ReductionContract> =>
  connectWorker(
    new Worker(new URL('../../workers/reduction.worker.ts', import.meta.url), {
      type: 'module',
      name: 'reduction',
    }),
    'reduction',
  )

export const spawnIngestWorker = (): RemoteWorker<IngestContract> =>
  connectWorker(
    new Worker(new URL('../../workers/ingest.worker.ts', import.meta.url), {
      type: 'module',
      name: 'ingest',
    }),
    'ingest',
  )

export const spawnInspectionWorker = (): RemoteWorker<InspectionContract> =>
  connectWorker(
    new Worker(new URL('../../workers/inspection.worker.ts', import.meta.url), {
      type: 'module',
      name: 'inspection',
    }),
    'inspection',
  )

export const spawnSimulationWorker = (): RemoteWorker<SimulationContract> =>
  connectWorker(
    new Worker(new URL('../../workers/simulation.worker.ts', import.meta.url), {
      type: 'module',
      name: 'simulation',
    }),
    'simulation',
  )

export const spawnProjectWorker = (): RemoteWorker<ProjectContract> =>
  connectWorker(
    new Worker(new URL('../../workers/project.worker.ts', import.meta.url), {
      type: 'module',
      name: 'project',
    }),
    'project',
  )

export const spawnQueryWorker = (): RemoteWorker<QueryContract> =>
  connectWorker(
    new Worker(new URL('../../workers/query.worker.ts', import.meta.url), {
      type: 'module',
      name: 'query',
    }),
    'query',
  )
