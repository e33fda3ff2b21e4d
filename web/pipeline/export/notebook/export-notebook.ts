import type { NotebookFormat } from '../../../core/notebook-format'
import type { Task } from '../../../core/task'
import type { Workspace } from '../../../storage/workspace'
import type { FrameSource } from '../../frame-source'
import { listBadPixelCells } from './cells-bad-pixels'
import { listCombineCells } from './cells-combine'
import { listLights, listMasters } from './cells-calibrate'
import { listCompareCells, listSummaryCells } from './cells-compare'
import { listCurveCells, listLoop } from './cells-curve'
import { listPrepareCells } from './cells-prepare'
import { listSetupCells } from './cells-setup'
import { listStackCells } from './cells-stack'
import { gatherPlan } from './gather-plan'
import { measureNumbers, type OurNumbers } from './measure-numbers'
import type { NotebookCell } from './notebook-cell'
import type { NotebookPlan } from './notebook-plan'
import { writeNotebook, writeScript } from './write-notebook'

/** All cells, in the order in which they run. */
const listCells = (plan: NotebookPlan, ours: OurNumbers, appVersion: string): NotebookCell[] => [
  ...listSetupCells(plan, appVersion),
  ...listSummaryCells(),
  ...listPrepareCells(plan),
  ...listCombineCells(plan),
  ...listMasters(plan),
  ...listBadPixelCells(plan),
  ...listLights(plan),
  ...listCurveCells(plan),
  ...listLoop(plan),
  ...listStackCells(plan),
  ...listCompareCells(plan, ours),
]

export interface NotebookRequest {
  /** Of a master, a calibrated frame, a stack of frames as they lie, a light curve, or an order. */
  readonly id: string
  readonly format: NotebookFormat
  readonly appVersion: string
}

/**
 * The steps behind a result as Python that a student can read and run: astropy, ccdproc, photutils, astroscrappy on the same originals, with our
 * numbers in it to compare with. A recipe that it has no cells for is refused in words ('bad-order').
 */
export const exportNotebook = async (
  { id, format, appVersion }: NotebookRequest,
  workspace: Workspace,
  frames: FrameSource,
  task: Task,
): Promise<string> => {
  const plan = await gatherPlan(workspace, id)
  const ours = await measureNumbers(plan, workspace, frames, task)
  const cells = listCells(plan, ours, appVersion)
  return format === 'ipynb' ? writeNotebook(cells) : writeScript(cells)
}
