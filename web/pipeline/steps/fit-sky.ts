import type { Image } from '../../core/image'
import type { ReducedRecord, SkyRecipe } from '../../core/reduced'
import { evaluateGradient, fitGradient } from '../../science/calibration/gradient'
import { fitFringeScale } from '../../science/calibration/fringe'
import { maskStars } from '../../science/calibration/mask-stars'
import { skip, stepBefore, type StepDefinition } from '../step'
import { recipeOf } from '../strips/recipe-of'
import { packSkyFit, type SkyFit } from '../strips/sky-fit'

interface Input {
  readonly reduced: ReducedRecord
  readonly sky: SkyRecipe
  readonly image: Image
  readonly fringe: Image | null
}

/** Fits the shape of the sky and the strength of the fringes to one calibrated frame, with its stars masked. What is taken off are these few numbers. */
export const fitSky: StepDefinition<Input, SkyFit> = {
  name: 'fit-sky',
  load: async (context) => {
    const { step, workspace, frames, task } = context
    if (stepBefore(context, 'calibrate-frames')?.state !== 'done')
      return skip('The frame could not be calibrated.')
    const reduced = await workspace.reduced.get(String(step.parameters['calibrated']))
    const sky = reduced?.calibration.sky
    if (reduced === undefined || sky == null) return skip('The frame could not be calibrated.')
    if (await workspace.pixels.has(sky.fit)) return { result: { fit: sky.fit }, outputs: [reduced.id] }
    const map = sky.fringe === null ? null : await workspace.masters.get(sky.fringe)
    if (map === undefined) return skip('The map of fringes could not be made.')
    const recipe = await recipeOf(workspace, reduced, null, 'bad-pixels')
    return {
      reduced,
      sky,
      image: await frames.make(recipe, { task, lent: true }),
      fringe: map === null ? null : await frames.stored(map, 0),
    }
  },
  compute: ({ image, sky, fringe }) => {
    const mask = maskStars(image)
    const surface = sky.gradient === null ? null : fitGradient(image, { degree: sky.gradient.degree, mask })
    const level = surface === null ? undefined : evaluateGradient(surface)
    const strength =
      fringe === null ? null : fitFringeScale({ data: image.data, sky: level, mask }, fringe.data)
    return { surface, mode: sky.gradient?.mode ?? 'subtract', fringeScale: strength?.scale ?? null }
  },
  save: async (fit, { reduced, sky }, { workspace }) => {
    await workspace.pixels.write(sky.fit, packSkyFit(fit))
    const { surface, fringeScale } = fit
    return {
      result: {
        fit: sky.fit,
        fringeScale,
        ...(surface === null
          ? {}
          : { scatter: surface.scatter, boxes: surface.used, boxesLeftOut: surface.rejected }),
      },
      outputs: [reduced.id],
    }
  },
}
