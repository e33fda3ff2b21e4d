import type { Compute } from '../compute/create-compute'
import { aperturesKernel, createApertures } from '../compute/kernels/apertures'
import { createSkies, skyAnnuliKernel } from '../compute/kernels/sky-annuli'
import type { Task } from '../core/task'
import type { PhotometryKernels } from '../science/photometry/measure-field'

const SKY_SIGMA = 3
const SKY_ROUNDS = 10

/** What photometry is made of, carried out by the fast backends. */
export const createPhotometryKernels = (compute: Compute, task: Task): PhotometryKernels => ({
  skies: async ({ width, height, data }, places, annulus) => {
    const made = createSkies(places.x.length)
    const rules = { annulus, sigma: SKY_SIGMA, iterations: SKY_ROUNDS }
    await compute.run(skyAnnuliKernel, { width, height, ...rules }, { data, ...places }, made, task)
    return Array.from(made.level, (level, star) => ({
      level,
      mean: made.mean[star]!,
      sigma: made.sigma[star]!,
      count: made.count[star]!,
      rejected: made.rejected[star]!,
    }))
  },
  apertures: async ({ width, height, data }, places, radii) => {
    const made = createApertures(radii.length)
    await compute.run(aperturesKernel, { width, height, shape: null }, { data, ...places, radii }, made, task)
    return made
  },
})
