import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { StackRecord } from '../../core/stack'
import { expectNoise } from '../../pipeline/stack/expect-noise'
import { median } from '../../science/math/median'
import { Card, Section } from '../inspector/card'
import { Term } from '../kit/term'
import { useApp } from '../kit/use-app'
import { useStackFrames } from './use-stack-frames'
import { useStackQuality } from './use-stack-quality'
import styles from './stack.module.css'

/** A noise that is this part of the expected one or less was smoothed by drawing the frames on the grid. */
const SMOOTHED = 0.9
const TOO_NOISY = 1.15

/** What stacking was good for: noise, width of the stars and number of stars, of one frame and of the stack, against what was to be expected. */
export const StackGain = ({ stack }: { readonly stack: StackRecord }) => {
  const { t, i18n } = useTranslation('stack')
  const quality = useStackQuality(stack.id)
  const frames = useStackFrames(stack)
  const qualities = useApp((state) => state.library.qualities)
  const before = useMemo(() => {
    const known = frames.flatMap(({ exposure }) => qualities.get(exposure ?? '') ?? [])
    const widths = frames.flatMap(({ fwhm }) => fwhm ?? [])
    return {
      stars: known.length === 0 ? null : median(known.map(({ starCount }) => starCount)),
      fwhm: widths.length === 0 ? null : median(widths),
      noise: expectNoise(
        frames.flatMap(({ noise, scale, weight }) =>
          noise === null ? [] : [{ noise, scale, weight: weight ?? 1 }],
        ),
        stack.combine.method,
      ),
    }
  }, [frames, qualities, stack.combine.method])
  const number = (value: number | null | undefined, digits: number) =>
    value?.toLocaleString(i18n.language, { maximumFractionDigits: digits }) ?? '–'
  const { noise } = before
  const found = quality?.noise ?? null
  // A sum has the light of all frames.
  const light = stack.combine.method === 'sum' ? stack.frames.length : 1
  const gain = noise === null || found === null || !(found > 0) ? null : (light * noise.single) / found
  const ratio = noise === null || found === null ? null : found / noise.stacked
  const verdict =
    ratio === null ? null : ratio < SMOOTHED ? 'smoothed' : ratio > TOO_NOISY ? 'noisy' : 'asExpected'
  return (
    <Section title={t('gain.title')}>
      <table className={styles['compare']} aria-busy={quality === null}>
        <thead>
          <tr>
            <td />
            <th scope="col">{t('gain.single')}</th>
            <th scope="col">{t('gain.stack')}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t('gain.noise')}</th>
            <td>{number(noise?.single, 2)}</td>
            <td data-testid="stack-noise">{number(found, 2)}</td>
          </tr>
          <tr>
            <th scope="row">
              <Term id="fwhm">{t('gain.fwhm')}</Term>
            </th>
            <td>{number(before.fwhm, 2)}</td>
            <td data-testid="stack-fwhm">{number(quality?.fwhm, 2)}</td>
          </tr>
          <tr>
            <th scope="row">{t('gain.stars')}</th>
            <td>{number(before.stars, 0)}</td>
            <td data-testid="stack-stars">{number(quality?.starCount, 0)}</td>
          </tr>
        </tbody>
      </table>
      {noise === null || gain === null || verdict === null ? null : (
        <Card tone={verdict === 'noisy' ? 'warn' : 'plain'}>
          <p data-testid="stack-gain">
            {t('gain.text', {
              gain: number(gain, 2),
              expected: number(noise.gain, 2),
              count: stack.frames.length,
            })}{' '}
            {t(`gain.${verdict}`)}
          </p>
        </Card>
      )}
    </Section>
  )
}
