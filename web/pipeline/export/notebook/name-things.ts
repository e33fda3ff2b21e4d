import type { ExposureRecord } from '../../../core/frame'
import type { MasterRecord } from '../../../core/master'

const countOf = <Item>(items: readonly Item[], key: (item: Item) => string): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1)
  return counts
}

/** A name for each frame: its own where no other has it, else with its folders, else with as much of its hash as tells it apart. */
export const nameFrames = (exposures: readonly ExposureRecord[]): Map<string, string> => {
  const bare = ({ name }: ExposureRecord) => name
  const whole = ({ path, name }: ExposureRecord) => `${path.slice(0, path.lastIndexOf('/') + 1)}${name}`
  const [names, paths] = [countOf(exposures, bare), countOf(exposures, whole)]
  return new Map(
    exposures.map((exposure) => {
      const own = names.get(bare(exposure)) === 1 ? bare(exposure) : whole(exposure)
      const alone = own === bare(exposure) || paths.get(own) === 1
      return [exposure.id, alone ? own : `${own} (${exposure.id.slice(-8)})`]
    }),
  )
}

const toIdentifier = (text: string): string =>
  text
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .replace(/^(?=\d)/, '_')

/** Python names that tell masters apart: bias, dark_60s, flat_R; the plain word where there is but one of its kind. */
export const nameMasters = (masters: readonly MasterRecord[]): Map<string, string> => {
  const kinds = countOf(masters, ({ kind }) => kind)
  const used = new Set<string>()
  return new Map(
    masters.map(({ id, kind, group }) => {
      const word = kind.replace('master-', '').replaceAll('-', '_')
      const parts = [
        word,
        ...(kinds.get(kind) === 1
          ? []
          : [group.filter, group.exposure === null ? null : `${group.exposure}s`]),
      ]
      const wanted = toIdentifier(parts.filter((part) => part !== null && part !== '').join('_'))
      let name = wanted
      for (let number = 2; used.has(name); number++) name = `${wanted}_${number}`
      used.add(name)
      return [id, name]
    }),
  )
}
