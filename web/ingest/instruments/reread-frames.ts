import type { ExposureRecord, FrameReading } from '../../core/frame'
import { readNumber, type Header } from '../../core/header'
import { throwIfAborted, type Task } from '../../core/task'
import type { Workspace } from '../../storage/workspace'
import { readFrame } from '../read-frame'
import { readOwnProfiles } from './own-profiles'

/** So many headers are in memory at once. */
const SLICE = 50

const readAxes = (cards: Header): number[] => {
  const count = Math.min(Math.max(0, readNumber(cards, 'NAXIS') ?? 0), 999)
  return Array.from({ length: count }, (_, axis) => readNumber(cards, `NAXIS${axis + 1}`) ?? 1)
}

const takeReading = ({ facts, sources, profile, warnings, factWarnings }: ExposureRecord): FrameReading => ({
  facts,
  sources,
  profile,
  warnings,
  ...(factWarnings === undefined ? {} : { factWarnings }),
})

/** The record read anew: what was said of the file itself stays, and so does what a person said. */
const renew = (record: ExposureRecord, reading: FrameReading): ExposureRecord => {
  const { factWarnings, ...rest } = reading
  const own = reading.warnings.slice(0, factWarnings)
  const ofFile =
    record.factWarnings === undefined
      ? reading.warnings.slice(factWarnings)
      : record.warnings.slice(record.factWarnings)
  return { ...record, ...rest, warnings: [...own, ...ofFile], factWarnings: own.length }
}

/**
 * Reads stored headers again with the profiles as they are now. Gives what was read before, of the frames for which anything changed, so
 * that it can be undone.
 */
export const rereadFrames = async (
  workspace: Pick<Workspace, 'exposures' | 'headers' | 'profiles'>,
  frames: readonly string[],
  task: Task,
): Promise<Map<string, FrameReading>> => {
  const profiles = await readOwnProfiles(workspace)
  const former = new Map<string, FrameReading>()
  for (let start = 0; start < frames.length; start += SLICE) {
    throwIfAborted(task)
    const ids = frames.slice(start, start + SLICE)
    const headers = new Map((await workspace.headers.getMany(ids)).map(({ id, cards }) => [id, cards]))
    const records = await workspace.exposures.getMany(ids)
    const renewed = records.flatMap((record) => {
      const cards = headers.get(record.id)
      if (cards === undefined) return []
      const reading = readFrame(cards, record.path, { axes: readAxes(cards), profiles })
      const after = renew(record, reading)
      if (JSON.stringify(takeReading(after)) === JSON.stringify(takeReading(record))) return []
      former.set(record.id, takeReading(record))
      return [after]
    })
    await workspace.exposures.putMany(renewed)
    task.report({ label: records[0]?.name ?? '', done: start + ids.length, total: frames.length })
  }
  return former
}
