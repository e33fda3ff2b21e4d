import { measureApertures, type ApertureSum } from '../../science/photometry/measure-aperture'
import { measureEllipse } from '../../science/photometry/measure-ellipse'
import { implement } from '../kernel'
import { aperturesKernel } from '../kernels/apertures'

const NOTHING: ApertureSum = { sum: 0, area: 0, peak: Number.NaN, flags: 0 }

export const aperturesOnCpu = implement(aperturesKernel, (_host: null, { params, input, output }) => {
  const { shape, ...size } = params
  const image = { ...size, data: input.data }
  const count = input.x.length === 0 ? 0 : input.radii.length / input.x.length
  for (let star = 0; star < input.x.length; star++) {
    const at = { x: input.x[star]!, y: input.y[star]! }
    for (let cell = star * count; cell < (star + 1) * count; cell++) {
      const radius = input.radii[cell]!
      const measurable = radius > 0 && [at.x, at.y, radius].every(Number.isFinite)
      const measured = !measurable
        ? NOTHING
        : shape === null
          ? takeFirst(measureApertures(image, at, [radius]))
          : measureEllipse(image, at, radius, shape)
      output.sums[cell] = measured.sum
      output.areas[cell] = measured.area
      output.peaks[cell] = measured.peak
      output.flags[cell] = measured.flags
    }
  }
})

const takeFirst = ({ sums, areas, peaks, flags }: ReturnType<typeof measureApertures>): ApertureSum => ({
  sum: sums[0]!,
  area: areas[0]!,
  peak: peaks[0]!,
  flags: flags[0]!,
})
