import { AsterismError } from '../../core/errors'
import { hashRecipe, idFromHash } from '../../core/ids'
import type { Point } from '../../core/image'
import type { LightCurveRecord } from '../../core/light-curve'
import type { PhotometryTableRecord } from '../../core/photometry'
import { buildLightCurve, type LightCurveRequest } from '../build-light-curve'
import { skip, stepBefore, type StepDefinition } from '../step'
import { STEP_VERSIONS } from '../step-versions'

interface Input extends LightCurveRequest {
  readonly id: string
  readonly order: string
}

const describe = (curve: LightCurveRecord) => ({
  result: {
    lightCurve: curve.id,
    rows: curve.columns.frame.length,
    rms: curve.rms,
    expectedRms: curve.expectedRms,
    radius: curve.radius,
    annulus: curve.annulus,
    comparisons: curve.comparisons,
    dip: curve.dip,
    timeScale: curve.timeScale,
  },
  outputs: [curve.id],
})

const findTarget = (table: PhotometryTableRecord): number => {
  const target = table.stars.findIndex((star) => star.role === 'target')
  if (target < 0)
    throw new AsterismError(
      'no-target',
      'No target was picked. Click the star on the image, or give its position in the order.',
    )
  return target
}

const findComparisons = (
  table: PhotometryTableRecord,
  wanted: 'auto' | readonly Point[],
): 'auto' | number[] => {
  if (wanted === 'auto') return 'auto'
  return table.stars.flatMap((star, index) => (star.role === 'comparison' ? [index] : []))
}

/** Draws the differential light curve of the target from the measured stars. */
export const drawLightCurve: StepDefinition<Input, LightCurveRecord> = {
  name: 'draw-light-curve',
  load: async (context) => {
    const { step, workspace, before } = context
    const head = stepBefore(context, 'choose-stars')
    if (head?.state !== 'done') return skip('No stars were measured.')
    const table = await workspace.photometryTables.get(String(head.result['table']))
    const ids = before
      .filter((earlier) => earlier.name === 'measure-frame')
      .flatMap((earlier) => earlier.outputs)
    if (table === undefined || ids.length === 0) return skip('No frame could be measured.')
    const id = idFromHash(
      'curve',
      await hashRecipe({
        step: 'draw-light-curve',
        version: STEP_VERSIONS['draw-light-curve'],
        ids,
        ...step.parameters,
      }),
    )
    const known = await workspace.lightcurves.get(id)
    if (known !== undefined) {
      // Asked for again, it is the latest again.
      await workspace.lightcurves.put({ ...known, createdAt: Date.now() })
      return describe(known)
    }
    const records = await workspace.photometryFrames.getMany(ids)
    const frames = records.sort((a, b) => (a.jd_utc_mid ?? 0) - (b.jd_utc_mid ?? 0))
    const reference = await workspace.reduced.get(table.reference)
    const exposure = reference === undefined ? undefined : await workspace.exposures.get(reference.exposure)
    const { comparisons, radius, detrend, name } = step.parameters as unknown as {
      comparisons: 'auto' | readonly Point[]
      radius: number | 'best'
      detrend: readonly string[]
      name: string | null
    }
    return {
      id,
      order: step.order,
      table,
      frames,
      width: exposure?.width ?? 0,
      height: exposure?.height ?? 0,
      target: findTarget(table),
      comparisons: findComparisons(table, comparisons),
      radius,
      detrend,
      name: name ?? exposure?.corrections.object ?? exposure?.facts.object ?? 'Target',
    }
  },
  compute: (input) => ({
    ...buildLightCurve(input),
    id: input.id,
    order: input.order,
    createdAt: Date.now(),
  }),
  save: async (curve, _input, { workspace }) => {
    await workspace.lightcurves.put(curve)
    return describe(curve)
  },
}
