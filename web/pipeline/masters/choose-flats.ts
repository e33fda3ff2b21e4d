import { AsterismError } from '../../core/errors'
import type { ExposureRecord } from '../../core/frame'
import { chooseTwilightFlats, type TwilightChoice } from '../../science/calibration/choose-twilight-flats'
import type { FlatRule } from '../plan-masters'

export interface ChosenFlats {
  /** Places among the frames that were looked at. */
  readonly used: readonly number[]
  readonly warnings: readonly string[]
}

const REASONS: Readonly<Record<TwilightChoice['reason'], string>> = {
  usable: '',
  'no-light': 'without light',
  'too-faint': 'too faint',
  'too-bright': 'too bright',
}

const explain = (exposures: readonly ExposureRecord[], choices: readonly TwilightChoice[]): string[] =>
  (['no-light', 'too-faint', 'too-bright'] as const).flatMap((wanted) => {
    const names = exposures.filter((_, index) => choices[index]?.reason === wanted).map(({ name }) => name)
    if (names.length === 0) return []
    return [
      `${names.length} of ${exposures.length} flats were left out, ${REASONS[wanted]}: ${names.join(', ')}.`,
    ]
  })

/**
 * Which flats of a group are combined, by their levels in ADU above bias and dark. `zero` is the bias level, which the saturation of the
 * camera counts as well. Throws where none is left.
 */
export const chooseFlats = (
  exposures: readonly ExposureRecord[],
  levels: readonly number[],
  rule: FlatRule | undefined,
  zero: number,
): ChosenFlats => {
  const { least, most } = rule?.limits ?? { least: null, most: null }
  const limits = { least, most: most === null || rule?.isAutomatic !== true ? most : most - zero }
  const find = (within: { least: number | null; most: number | null }) => {
    const choices = chooseTwilightFlats(levels, within)
    return { choices, used: choices.flatMap(({ use }, index) => (use ? [index] : [])) }
  }
  const asked = find(limits)
  if (asked.used.length > 0) return { used: asked.used, warnings: explain(exposures, asked.choices) }
  const lit = find({ least: null, most: null })
  if (rule?.isAutomatic === true && lit.used.length > 0)
    return {
      used: lit.used,
      warnings: [
        ...explain(exposures, lit.choices),
        'Every flat is brighter than nine tenths of the saturation: they were used for want of better ones.',
      ],
    }
  throw new AsterismError(
    'bad-header',
    `No flat is left to make a flat field from. ${explain(exposures, asked.choices).join(' ')} Change the limits, exclude these frames or correct their kind.`,
    { frame: exposures[0]?.id ?? '' },
  )
}
