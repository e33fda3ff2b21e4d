import type { ExposureRecord } from '../../core/frame'
import type { FrameDoubt } from '../../pipeline/frames/doubt-frames'
import { Card } from '../inspector/card'
import { useApp } from '../kit/use-app'
import { useCheckWords } from './use-check-words'

interface DoubtListProps {
  readonly frames: readonly ExposureRecord[]
  readonly doubts: readonly FrameDoubt[]
  readonly onShow: (frame: string) => void
}

/** Frames that should be looked at, each with its reasons; nothing is left out unless a person says so. */
export const DoubtList = ({ frames, doubts, onShow }: DoubtListProps) => {
  const { t, explain } = useCheckWords()
  const { setExcluded, canWrite } = useApp((state) => state.library)
  const doubted = [...new Set(doubts.map(({ frame }) => frame))]
  if (doubted.length === 0) return <p>{t(frames.length < 5 ? 'tooFew' : 'allAlike')}</p>
  return (
    <>
      {doubted.map((id) => {
        const name = frames.find((frame) => frame.id === id)?.name ?? id
        return (
          <Card key={id} tone="warn" title={name}>
            {doubts
              .filter(({ frame }) => frame === id)
              .map((doubt) => (
                <p key={doubt.quantity}>{explain(doubt)}</p>
              ))}
            <button type="button" className="chip" onClick={() => onShow(id)}>
              {t('show')}
            </button>{' '}
            <button
              type="button"
              className="chip"
              disabled={!canWrite}
              onClick={() => void setExcluded([id], true)}
            >
              {t('leaveOut')}
            </button>
          </Card>
        )
      })}
      {doubted.length < 2 ? null : (
        <div className="chips">
          <button
            type="button"
            className="btn"
            disabled={!canWrite}
            onClick={() => void setExcluded(doubted, true)}
          >
            {t('leaveOutAll', { count: doubted.length })}
          </button>
        </div>
      )}
    </>
  )
}
