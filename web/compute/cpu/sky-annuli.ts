import { measureSkyAnnulus } from '../../science/photometry/sky-annulus'
import { implement } from '../kernel'
import { skyAnnuliKernel } from '../kernels/sky-annuli'

export const skyAnnuliOnCpu = implement(skyAnnuliKernel, (_host: null, { params, input, output }) => {
  const { annulus, sigma, iterations, ...size } = params
  const image = { ...size, data: input.data }
  for (let star = 0; star < input.x.length; star++) {
    const at = { x: input.x[star]!, y: input.y[star]! }
    const sky = measureSkyAnnulus(image, at, annulus, { sigma, iterations })
    output.level[star] = sky.level
    output.mean[star] = sky.mean
    output.sigma[star] = sky.sigma
    output.count[star] = sky.count
    output.rejected[star] = sky.rejected
  }
})
