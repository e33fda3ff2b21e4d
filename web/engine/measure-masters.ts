import { isCombinedKind, type MasterQuality, type MasterRecord } from '../core/master'
import { findEarlierMaster } from '../pipeline/masters/earlier-master'
import { QUALITY_VERSION } from '../pipeline/masters/measure-quality'
import type { Workspace } from '../storage/workspace'

/** Never measured, measured by older rules, or one that another has come before since. */
const needsMeasuring = (master: MasterRecord, masters: readonly MasterRecord[]): boolean => {
  const { quality } = master
  if (!isCombinedKind(master.kind)) return false
  if (quality === undefined || quality.version !== QUALITY_VERSION) return true
  const compared = quality.ratio?.to ?? quality.change?.to ?? null
  return (findEarlierMaster(master, masters)?.id ?? null) !== compared
}

/**
 * Measures what masters say of the camera, those that were not measured yet, one after the other, and stores it with them. Bias
 * first, since flats are measured with it. One whose pixels are gone stays without. Gives how many were measured.
 */
export const measureMasters = async (
  workspace: Workspace,
  measure: (master: string) => Promise<MasterQuality>,
): Promise<number> => {
  const masters = await workspace.masters.list()
  const order = ['master-bias', 'master-dark', 'master-flat']
  const wanted = masters
    .filter((master) => needsMeasuring(master, masters))
    .toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
  let count = 0
  for (const { id, bytesId } of wanted) {
    if (!(await workspace.pixels.has(bytesId))) continue
    const quality = await measure(id)
    // Read again: an order may have made it anew meanwhile.
    const master = await workspace.masters.get(id)
    if (master === undefined) continue
    await workspace.masters.put({ ...master, quality })
    count++
  }
  return count
}
