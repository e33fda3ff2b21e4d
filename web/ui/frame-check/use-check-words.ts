import { useTranslation } from 'react-i18next'
import { effectiveFacts, type ExposureRecord } from '../../core/frame'
import type { FrameDoubt } from '../../pipeline/frames/doubt-frames'

/** Groups, frames and doubts in words. */
export const useCheckWords = () => {
  const { t, i18n } = useTranslation('frame-check')
  const number = (value: number, digits = 3) =>
    value.toLocaleString(i18n.language, { maximumSignificantDigits: digits })
  const describeGroup = (example: ExposureRecord): string => {
    const facts = effectiveFacts(example)
    return [
      t(`library:kind.${facts.kind}`),
      facts.kind === 'light' ? facts.object : null,
      facts.kind === 'bias' || facts.kind === 'dark' ? null : facts.filter,
      facts.exposure === null || facts.kind === 'bias' ? null : `${number(facts.exposure)} s`,
      facts.night,
    ]
      .filter((part) => part !== null && part !== '')
      .join(' · ')
  }
  const explain = ({ quantity, direction, value, usual, sigmas, others, nearby }: FrameDoubt): string =>
    t(`reason.${quantity}.${direction}`, {
      sigmas: number(sigmas ?? 0, 2),
      against: t(nearby ? 'around' : 'others', { count: others }),
      value: number(value),
      usual: number(usual),
      percent: number(100 * value, 2),
    })
  return { t, number, describeGroup, explain, language: i18n.language }
}
