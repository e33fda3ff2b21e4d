import type { CompositeMeasures } from '../../core/composite'

/** Sky and noise of an input, as numbers that can be reckoned with: 0 and 1 where they could not be measured. */
export const levelOf = (
  { sky, noise }: Pick<CompositeMeasures, 'sky' | 'noise'>,
  input: number,
): { readonly sky: number; readonly noise: number } => {
  const [level, sigma] = [sky[input] ?? 0, noise[input] ?? 1]
  return { sky: Number.isFinite(level) ? level : 0, noise: sigma > 0 && Number.isFinite(sigma) ? sigma : 1 }
}
