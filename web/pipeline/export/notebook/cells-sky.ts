import { code, markdown, type NotebookCell } from './notebook-cell'
import type { LightGroup } from './notebook-plan'
import { toPythonLines } from './python-literal'

const EVEN_SKY = `
def even_sky(frame, mode, degree, coefficients):
    """The shape of the sky off: a sum of c_ij P_i(u) P_j(v), P Legendre's, with u and v from -1 to 1 over columns and rows; its mean stays."""
    shape = np.zeros((degree + 1, degree + 1))
    terms = iter(coefficients)  # by j, then i, as long as i + j <= degree
    for j in range(degree + 1):
        for i in range(degree + 1 - j):
            shape[j, i] = next(terms)
    v, u = (np.linspace(-1, 1, side) for side in frame.shape)
    surface, mean = np.polynomial.legendre.leggrid2d(v, u, shape), shape[0, 0]
    if mode == "subtract":
        return CCDData(frame.data - (surface - mean), unit=frame.unit, uncertainty=frame.uncertainty)
    factor = np.where(surface > 0, mean / surface, np.nan)
    error = None if frame.uncertainty is None else StdDevUncertainty(frame.uncertainty.array * factor)
    return CCDData(frame.data * factor, unit=frame.unit, uncertainty=error)`

/** Whether something was fitted to the sky of these frames. A frame whose sky could not be fitted keeps it: a surface of 0. */
export const hasSky = ({ lights }: LightGroup): boolean => lights.some(({ sky }) => sky?.surface != null)

const listFits = (groups: readonly LightGroup[]) =>
  groups.flatMap(({ lights }) =>
    lights.map(({ file, sky }) => {
      const { degree = 0, coefficients = [0] } = sky?.surface ?? {}
      const mode = sky?.surface == null ? 'subtract' : sky.mode
      return [file, [mode, degree, [...coefficients]]] as const
    }),
  )

export const listSkyCells = (lights: readonly LightGroup[]): NotebookCell[] => {
  const groups = lights.filter(hasSky)
  if (groups.length === 0) return []
  return [
    markdown(
      'The shape of the sky was fitted to each frame, its stars masked. What was fitted is taken as it is: how, the degree, and the coefficients.',
    ),
    code(`SKY = ${toPythonLines(Object.fromEntries(listFits(groups)))}`),
    code(EVEN_SKY),
  ]
}
