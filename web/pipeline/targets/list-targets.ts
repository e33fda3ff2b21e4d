import { effectiveFacts, type ExposureRecord } from '../../core/frame'
import type { LightCurveRecord } from '../../core/light-curve'
import { normaliseName, type ProjectRecord, type TargetRecord } from '../../core/target'
import type { OrderRecord } from '../../core/work-order'

/** A target with all that there is of it: one that a person wrote down, one that headers name, or both in one. */
export interface TargetSummary {
  /** Of the record, or the normalised name where there is none. */
  readonly key: string
  readonly record: TargetRecord | null
  readonly name: string
  /** Names in headers, as they are written there. */
  readonly names: readonly string[]
  readonly filters: readonly string[]
  /** Ids of its lights. */
  readonly frames: readonly string[]
  /** In order, `YYYY-MM-DD+DD`. */
  readonly nights: readonly string[]
  readonly curves: readonly LightCurveRecord[]
}

const sorted = (words: Iterable<string>): string[] =>
  [...new Set(words)].toSorted((a, b) => a.localeCompare(b))

const namesOf = (record: TargetRecord): string[] =>
  [record.name, ...(record.aliases ?? [])].map(normaliseName)

/** The target that a name in a header means: its name or one of its aliases; null where nobody wrote it down. */
export const findTarget = (name: string | null, records: readonly TargetRecord[]): TargetRecord | null => {
  const wanted = name === null ? '' : normaliseName(name)
  if (wanted === '') return null
  // The name of one target wins over an alias of another.
  return (
    records.find((record) => normaliseName(record.name) === wanted) ??
    records.find((record) => namesOf(record).includes(wanted)) ??
    null
  )
}

/** The way of writing a name that most headers use; of equals the one that was met first. */
const commonest = (words: readonly string[]): string | undefined => {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0]
}

/** Targets by name: those written down, and every OBJECT of a light that is none of them. Excluded frames count as any other. */
export const listTargets = (
  exposures: readonly ExposureRecord[],
  curves: readonly LightCurveRecord[],
  records: readonly TargetRecord[],
): TargetSummary[] => {
  const members = new Map<string, ExposureRecord[]>(records.map(({ id }) => [id, []]))
  for (const exposure of exposures) {
    const { kind, object } = effectiveFacts(exposure)
    if (kind !== 'light' || object === null || normaliseName(object) === '') continue
    const key = findTarget(object, records)?.id ?? normaliseName(object)
    const own = members.get(key)
    if (own === undefined) members.set(key, [exposure])
    else own.push(exposure)
  }
  const summaries = [...members].map(([key, lights]): TargetSummary => {
    const record = records.find(({ id }) => id === key) ?? null
    const facts = lights.map(effectiveFacts)
    const names = sorted(facts.flatMap(({ object }) => object ?? []))
    const ids = new Set(lights.map(({ id }) => id))
    return {
      key,
      record,
      name: record?.name ?? commonest(facts.flatMap(({ object }) => object ?? [])) ?? key,
      names,
      filters: sorted(facts.flatMap(({ filter }) => filter ?? [])),
      frames: [...ids],
      nights: sorted(facts.flatMap(({ night }) => (night === '' ? [] : [night]))),
      curves: curves.filter(({ columns }) => columns.frame.some((frame) => ids.has(frame))),
    }
  })
  return summaries.toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
}

/** Nights of a project: those that were chosen, else all of its targets. */
export const nightsOfProject = (project: ProjectRecord, targets: readonly TargetSummary[]): string[] =>
  project.nights !== undefined && project.nights.length > 0
    ? sorted(project.nights)
    : sorted(targets.flatMap(({ key, nights }) => (project.targets.includes(key) ? nights : [])))

/** Orders that were run on frames of a project's targets in its nights, beside those that it names. */
export const ordersOfProject = (
  project: ProjectRecord,
  targets: readonly TargetSummary[],
  exposures: readonly ExposureRecord[],
  orders: readonly OrderRecord[],
): OrderRecord[] => {
  const nights = new Set(nightsOfProject(project, targets))
  const own = new Set(targets.flatMap(({ key, frames }) => (project.targets.includes(key) ? frames : [])))
  const frames = new Set(
    exposures.flatMap((exposure) =>
      own.has(exposure.id) && nights.has(effectiveFacts(exposure).night) ? [exposure.id] : [],
    ),
  )
  return orders.filter(
    ({ id, order }) =>
      project.orders.includes(id) || order.frames?.some((frame) => frames.has(frame)) === true,
  )
}

/** One target made of two: the first keeps what it says and takes what it lacks, the other's names become its aliases. */
export const mergeTargets = (
  into: TargetRecord,
  from: Pick<TargetRecord, 'name' | 'rightAscension' | 'declination' | 'note'> & {
    readonly aliases?: readonly string[]
  },
): TargetRecord => {
  const known = new Set([normaliseName(into.name)])
  const aliases: string[] = []
  for (const name of [...(into.aliases ?? []), from.name, ...(from.aliases ?? [])]) {
    if (known.has(normaliseName(name))) continue
    known.add(normaliseName(name))
    aliases.push(name)
  }
  const placed = into.rightAscension !== null && into.declination !== null
  return {
    ...into,
    aliases,
    rightAscension: placed ? into.rightAscension : from.rightAscension,
    declination: placed ? into.declination : from.declination,
    note: [into.note, from.note].filter((note) => note !== '').join('\n'),
  }
}
