import { MASTER_STEPS } from './masters/master-steps'
import type { StepRecord } from '../core/work-order'
import type { Workspace } from '../storage/workspace'
import { describeMaster } from './steps/build-master'

/** Masters that are there already need no worker to find that out: their steps are done before the order begins. */
export const settleKnownMasters = async (
  workspace: Workspace,
  steps: readonly StepRecord[],
): Promise<StepRecord[]> => {
  const now = Date.now()
  return Promise.all(
    steps.map(async (step) => {
      if (!MASTER_STEPS.includes(step.name)) return step
      const master = await workspace.masters.get(String(step.parameters['id']))
      if (master === undefined || !(await workspace.pixels.has(master.bytesId))) return step
      return { ...step, state: 'done', startedAt: now, endedAt: now, ...describeMaster(master) }
    }),
  )
}
