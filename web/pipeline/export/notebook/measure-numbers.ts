import { throwIfAborted, type Task } from '../../../core/task'
import type { Workspace } from '../../../storage/workspace'
import type { FrameSource, StoredPicture } from '../../frame-source'
import { SPOILT } from '../../star-series'
import { recipeOf } from '../../strips/recipe-of'
import { makeCalibratedUncertainty } from '../calibrated-uncertainty'
import type { CurveToMeasure, NotebookPlan } from './notebook-plan'
import { samplePlane, type PlaneSummary } from './sample-plane'

export interface PictureNumbers {
  readonly data: PlaneSummary
  /** Null where nobody knows it. */
  readonly uncertainty: PlaneSummary | null
}

export interface CurveNumbers {
  /** Point by point and star by star, as the table has them; NaN where a star must not be used. */
  readonly flux: readonly (readonly number[])[]
  readonly sky: readonly (readonly number[])[]
  readonly usable: readonly (readonly boolean[])[]
  readonly differential: readonly number[]
}

/** What came out here, for the notebook to compare with. */
export interface OurNumbers {
  readonly pictures: ReadonlyMap<string, PictureNumbers>
  readonly curves: ReadonlyMap<string, CurveNumbers>
}

const readCurve = ({ record, table, stars, radius, points }: CurveToMeasure): CurveNumbers => {
  const cells = stars.map((star) => star * table.radii.length + radius)
  return {
    flux: points.map(({ measured }) => cells.map((cell) => measured.flux[cell] ?? Number.NaN)),
    sky: points.map(({ measured }) => stars.map((star) => measured.sky[star] ?? Number.NaN)),
    usable: points.map(({ measured }) => cells.map((cell) => ((measured.flags[cell] ?? 0) & SPOILT) === 0)),
    differential: [...record.columns.flux],
  }
}

/** Statistics and sampled pixels of everything that the notebook makes again, data and uncertainty. */
export const measureNumbers = async (
  plan: NotebookPlan,
  workspace: Workspace,
  frames: FrameSource,
  task: Task,
): Promise<OurNumbers> => {
  const pictures = new Map<string, PictureNumbers>()
  const lights = plan.lights.flatMap((group) => group.lights)
  const total = plan.masters.length + plan.stacks.length + lights.length
  const note = (name: string, numbers: PictureNumbers): void => {
    pictures.set(name, numbers)
    task.report({ label: 'notebook', done: pictures.size, total })
    throwIfAborted(task)
  }
  const readStored = async (name: string, picture: StoredPicture): Promise<void> => {
    const { width, height } = picture
    const [data, uncertainty] = [await frames.stored(picture, 0), await frames.stored(picture, 1)]
    note(name, {
      data: samplePlane(data.data, width, height),
      uncertainty: samplePlane(uncertainty.data, width, height),
    })
  }
  for (const { name, record } of plan.masters) await readStored(name, record)
  for (const { file, reduced } of lights) {
    const recipe = await recipeOf(workspace, reduced)
    const { image } = await frames.calibrated(reduced, { task })
    const uncertainty = await makeCalibratedUncertainty(workspace, frames, recipe, task)
    const { width, height } = image
    note(file, {
      data: samplePlane(image.data, width, height),
      uncertainty: uncertainty === null ? null : samplePlane(uncertainty, width, height),
    })
  }
  for (const { name, record } of plan.stacks) await readStored(name, record)
  return { pictures, curves: new Map(plan.curves.map((curve) => [curve.name, readCurve(curve)])) }
}
