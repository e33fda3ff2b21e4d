import { summariseExposure } from '../../core/frame'
import type { MasterQuality } from '../../core/master'
import type { Workspace } from '../workspace'
import { orNull, readAsked, type RowFilter, type RowSource } from './row-source'

/** What a master says of the camera; null where it says nothing or was not measured yet. ADU, ADU per second, pixels, electrons per ADU. */
const qualityColumns = (quality: MasterQuality | undefined) => ({
  level: orNull(quality?.level.value),
  noise: orNull(quality?.noise?.value),
  darkCurrent: orNull(quality?.darkCurrent?.value),
  hotPixels: orNull(quality?.hotPixels?.count),
  hotThreshold: orNull(quality?.hotPixels?.threshold),
  measuredGain: orNull(quality?.measuredGain?.value),
  coldPixels: orNull(quality?.coldPixels?.count),
  averagedNoise: orNull(quality?.averaging?.value),
  averagedNoisePredicted: orNull(quality?.averaging?.predicted),
  patternRange: orNull(quality?.structure?.range),
  flatBefore: quality?.ratio?.to ?? null,
  flatScatter: orNull(quality?.ratio?.scatter),
})

export const masterRows: RowSource = async (workspace, filter) => {
  const masters = await readAsked(workspace.masters, filter, {
    id: 'id',
    indexes: { kind: 'kind', order: 'order' },
  })
  return masters
    .toSorted((a, b) => a.createdAt - b.createdAt)
    .map(({ group, statistics, quality, ...master }) => ({
      ...master,
      ...group,
      ...statistics,
      ...qualityColumns(quality),
      frameCount: master.frames.length,
    }))
}

/** Stacks stand in one table with the frames that they were made of. */
const stackRows = async (workspace: Workspace, filter: RowFilter) => {
  const stacks = await readAsked(workspace.stacks, filter, { id: 'id', indexes: { order: 'order' } })
  return stacks.map(({ statistics, exposure, ...stack }) => ({
    ...stack,
    ...statistics,
    kind: 'stack',
    stage: 'stacked',
    exposureSeconds: exposure,
    frameCount: stack.frames.length,
  }))
}

/** Pictures in colour stand there too: their inputs are such frames. */
const compositeRows = async (workspace: Workspace, filter: RowFilter) => {
  const composites = await readAsked(workspace.composites, filter, { id: 'id', indexes: { order: 'order' } })
  return composites.map(({ sources, labels, measures, look: _look, ...composite }) => ({
    ...composite,
    kind: 'composite',
    stage: 'composed',
    filter: labels.flatMap(({ filter: each }) => each ?? []).join(' + ') || null,
    frameCount: sources.length,
    matched: measures.fit?.used ?? null,
  }))
}

/** Recipes of frames: which masters, why, and how it was registered, beside what the original says of itself. */
export const reducedRows: RowSource = async (workspace, filter) => {
  const frames = await readAsked(workspace.reduced, filter, {
    id: 'id',
    indexes: { exposure: 'exposure', order: 'order', stage: 'stage' },
  })
  const exposures = await workspace.exposures.getMany([...new Set(frames.map((frame) => frame.exposure))])
  const summaries = new Map(exposures.map((exposure) => [exposure.id, summariseExposure(exposure)]))
  const rows = frames.map(({ registration, calibration, ...frame }) => {
    const summary = summaries.get(frame.exposure)
    return {
      ...frame,
      kind: 'reduced',
      telescope: summary?.telescope ?? null,
      instrument: summary?.instrument ?? null,
      night: summary?.night ?? null,
      filter: summary?.filter ?? null,
      object: summary?.object ?? null,
      dateObs: summary?.dateObs ?? null,
      exposureSeconds: summary?.exposure ?? null,
      bias: calibration.bias,
      dark: calibration.dark,
      flat: calibration.flat,
      darkFactor: calibration.darkFactor,
      reference: registration?.reference ?? null,
      dx: registration?.dx ?? null,
      dy: registration?.dy ?? null,
      rotation: registration?.rotation ?? null,
      scale: registration?.scale ?? null,
      flipped: registration?.flipped ?? null,
      matched: registration?.matched ?? null,
      rms: registration?.rms ?? null,
      transform: registration === null ? null : { ...registration.transform },
    }
  })
  return [
    ...rows,
    ...(await stackRows(workspace, filter)),
    ...(await compositeRows(workspace, filter)),
  ].toSorted((a, b) => {
    const [first, second] = [a.dateObs ?? '', b.dateObs ?? '']
    return first < second ? -1 : first > second ? 1 : a.createdAt - b.createdAt
  })
}
