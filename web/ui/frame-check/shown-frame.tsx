import type { ExposureRecord } from '../../core/frame'
import { effectiveFacts } from '../../core/frame'
import type { FrameStatisticsRecord } from '../../core/frame-statistics'
import { quantitiesOf, readQuantity } from '../../pipeline/frames/doubt-frames'
import { Facts, Section } from '../inspector/card'
import { useApp, useStudio } from '../kit/use-app'
import { useThumbnail } from '../library/use-thumbnail'
import { useCheckWords } from './use-check-words'
import styles from './frame-check-panel.module.css'

interface ShownFrameProps {
  readonly frame: ExposureRecord
  readonly statistics: FrameStatisticsRecord | undefined
  readonly onOpen: () => void
}

/** Pixels: as wide as the column on a fine screen. */
const SIZE = 512

/** The frame behind a point: its picture, its numbers, and what can be done with it. */
export const ShownFrame = ({ frame, statistics, onOpen }: ShownFrameProps) => {
  const { t, number } = useCheckWords()
  const canvas = useThumbnail(useStudio(), frame.id, SIZE)
  const { setExcluded, canWrite } = useApp((state) => state.library)
  const { kind, dateObs } = effectiveFacts(frame)
  const facts = quantitiesOf(kind).flatMap((quantity) => {
    const value = readQuantity(statistics, quantity)
    if (!Number.isFinite(value)) return []
    return [
      { label: t(`quantity.${quantity}`), value: number(quantity === 'saturated' ? 100 * value : value, 4) },
    ]
  })
  return (
    <Section title={frame.name}>
      <canvas ref={canvas} className={styles['picture']} width={66} height={51} aria-hidden="true" />
      <Facts
        facts={[
          ...(dateObs === null ? [] : [{ label: t('start'), value: `${dateObs.slice(11, 19)} UTC` }]),
          ...facts,
        ]}
      />
      <div className="chips">
        <button type="button" className="chip" onClick={onOpen}>
          {t('openPicture')}
        </button>
        <button
          type="button"
          className="chip"
          disabled={!canWrite}
          onClick={() => void setExcluded([frame.id], !frame.excluded)}
        >
          {t(frame.excluded ? 'useAgain' : 'leaveOut')}
        </button>
      </div>
    </Section>
  )
}
