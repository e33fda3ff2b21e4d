import { useTranslation } from 'react-i18next'
import { effectiveFacts, type ExposureRecord } from '../../core/frame'
import type { FrameQuality } from '../../core/source-list'
import { useStudio } from '../kit/use-app'
import { useThumbnail } from './use-thumbnail'
import styles from './library-panel.module.css'

interface FrameRowProps {
  readonly exposure: ExposureRecord
  readonly quality: FrameQuality | undefined
  /** Registration or calibration failed for it. */
  readonly problem: boolean
}

/** One frame in the list: picture, time, what it looks like, and marks. */
export const FrameRow = ({ exposure, quality, problem }: FrameRowProps) => {
  const { t, i18n } = useTranslation('library')
  const canvas = useThumbnail(useStudio(), exposure.id)
  const facts = effectiveFacts(exposure)
  const time = facts.dateObs?.slice(11, 19) ?? ''
  const number = (value: number, digits: number) =>
    value.toLocaleString(i18n.language, { maximumFractionDigits: digits })
  const width = quality?.fwhm == null ? null : t('fwhm', { value: number(quality.fwhm, 1) })
  const look =
    exposure.warnings.length > 0 ||
    facts.kind === 'unknown' ||
    exposure.sources.subtracted === 'pixels' ||
    problem
  return (
    <>
      <canvas ref={canvas} width={44} height={34} aria-hidden="true" />
      <span className={styles['name']}>
        {facts.object ?? t(`kind.${facts.kind}`)} {time}
        <small>
          {quality === undefined
            ? exposure.name
            : [width, t('stars', { count: quality.starCount })].filter(Boolean).join(' · ')}
        </small>
      </span>
      <span className={styles['marks']}>
        {exposure.excluded ? <i title={t('excluded')}>⊘</i> : null}
        {look ? <i title={t('look')}>⚑</i> : null}
      </span>
    </>
  )
}
