import { effectiveFacts, summariseExposure } from '../../core/frame'
import type { FrameStatisticsRecord } from '../../core/frame-statistics'
import { formatPixelSection } from '../../core/pixel-section'
import type { Row } from '../../core/work-order'
import type { StoredExposure } from '../stores/exposures'
import { orNull, readAsked, type RowSource } from './row-source'

/** What only some files have: planes, and another file that they were converted from. */
const describeFile = ({ planes, plane, original }: StoredExposure): Row => ({
  ...(planes === undefined ? {} : { planes }),
  ...(plane === undefined ? {} : { cube: plane.cube, plane: plane.number }),
  ...(original === undefined ? {} : { originalFormat: original.format, originalSha256: original.sha256 }),
})

/** Empty until the machine has rested: then frames are measured. */
const measuredColumns = (statistics: FrameStatisticsRecord | undefined): Row => ({
  level: orNull(statistics?.level),
  noise: orNull(statistics?.noise),
  saturatedFraction: orNull(statistics?.saturatedFraction),
  background: orNull(statistics?.quality?.background),
  fwhm: orNull(statistics?.quality?.fwhm),
  elongation: orNull(statistics?.quality?.elongation),
  starCount: orNull(statistics?.quality?.starCount),
})

const toExposureRow = (exposure: StoredExposure, statistics: FrameStatisticsRecord | undefined): Row => {
  const { binning, site, overscan, trim, ...facts } = effectiveFacts(exposure)
  return {
    ...summariseExposure(exposure),
    ...facts,
    binning: [...binning],
    site: site === null ? null : { ...site },
    overscan: overscan ? formatPixelSection(overscan) : null,
    trim: trim ? formatPixelSection(trim) : null,
    path: exposure.path,
    ...describeFile(exposure),
    batch: exposure.batch,
    profile: exposure.profile,
    sources: { ...exposure.sources },
    corrected: Object.keys(exposure.corrections),
    excluded: exposure.excluded,
    ...measuredColumns(statistics),
    bytesId: exposure.pixels.bytesId,
    ingestedAt: exposure.ingestedAt,
    warnings: [...exposure.warnings],
    flags: exposure.excluded ? ['excluded'] : [],
    inputs: [],
  }
}

const byTime = (a: StoredExposure, b: StoredExposure): number => {
  const [first, second] = [effectiveFacts(a).dateObs ?? '', effectiveFacts(b).dateObs ?? '']
  if (first !== second) return first < second ? -1 : 1
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0
}

/** In time order, frames without a time first. */
export const exposureRows: RowSource = async (workspace, filter) => {
  const exposures = await readAsked(workspace.exposures, filter, {
    id: 'id',
    indexes: { sha256: 'sha256', batch: 'batch' },
  })
  // Asked for by id, a removed one is found too; it is not in the table.
  const there = exposures.filter((exposure) => exposure.removedAt === undefined).toSorted(byTime)
  const statistics = new Map(
    (await workspace.frameStatistics.getMany(there.map(({ id }) => id))).map((record) => [record.id, record]),
  )
  return there.map((exposure) => toExposureRow(exposure, statistics.get(exposure.id)))
}

/** A row for each telescope and night: how many frames of each kind it has. */
export const epochRows: RowSource = async (workspace) => {
  const epochs = new Map<string, StoredExposure[]>()
  for (const exposure of (await workspace.exposures.list()).toSorted(byTime)) {
    const { telescope, night } = effectiveFacts(exposure)
    const id = `${telescope}/${night}`
    epochs.set(id, [...(epochs.get(id) ?? []), exposure])
  }
  return [...epochs]
    .map(([id, exposures]) => toEpochRow(id, exposures))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

const distinct = (values: readonly (string | null)[]): string[] =>
  [...new Set(values.filter((value) => value !== null))].filter((value) => value !== '').toSorted(byText)

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const toEpochRow = (id: string, exposures: readonly StoredExposure[]): Row & { readonly id: string } => {
  const facts = exposures.map(effectiveFacts)
  const count = (kind: string): number => facts.filter((each) => each.kind === kind).length
  const times = distinct(facts.map((each) => each.dateObs))
  return {
    id,
    telescope: facts[0]?.telescope ?? '',
    night: facts[0]?.night ?? '',
    instruments: distinct(facts.map((each) => each.instrument)),
    filters: distinct(facts.map((each) => each.filter)),
    objects: distinct(facts.map((each) => each.object)),
    frames: exposures.length,
    bias: count('bias'),
    dark: count('dark'),
    flat: count('flat'),
    arc: count('arc'),
    light: count('light'),
    unknown: count('unknown'),
    excluded: exposures.filter((exposure) => exposure.excluded).length,
    dateObsFirst: times[0] ?? null,
    dateObsLast: times.at(-1) ?? null,
    flags: [],
    inputs: exposures.map((exposure) => exposure.id),
  }
}
