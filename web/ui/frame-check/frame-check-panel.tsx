import { useEffect, useState } from 'react'
import { effectiveFacts } from '../../core/frame'
import { quantitiesOf } from '../../pipeline/frames/doubt-frames'
import type { CurrentNight } from '../../state/current-night'
import { useApp, useAppStore, useStudio } from '../kit/use-app'
import { DoubtList } from './doubt-list'
import { QuantityPlot } from './quantity-plot'
import { ShownFrame } from './shown-frame'
import { useCheckWords } from './use-check-words'
import { useDoubts, type CheckedGroup } from './use-doubts'
import styles from './frame-check-panel.module.css'

/** Frames that nobody measured yet are measured as soon as somebody asks what they are like. */
const useMeasuring = (count: number): void => {
  const studio = useStudio()
  const tellError = useApp((state) => state.notices.tellError)
  useEffect(() => {
    if (count > 0) studio.measureFrames().catch(tellError)
  }, [studio, count, tellError])
}

const chooseGroup = (
  groups: readonly CheckedGroup[],
  chosen: string | null,
  current: CurrentNight,
): CheckedGroup | undefined =>
  groups.find(({ key }) => key === chosen) ??
  groups.find(({ frames }) => frames.some(({ id }) => id === current.lights[0]?.id)) ??
  groups[0]

/** Each frame against the others of its group: what differs, by how much, over the night; and what to do about it. */
export const FrameCheckPanel = ({ current }: { readonly current: CurrentNight }) => {
  const { t, describeGroup } = useCheckWords()
  const store = useAppStore()
  const { exposures, statistics } = useApp((state) => state.library)
  const { frame: selected, openFrame } = useApp((state) => state.selection)
  const [chosen, setChosen] = useState<string | null>(null)
  const groups = useDoubts(exposures)
  useMeasuring(exposures.length)
  const group = chooseGroup(groups, chosen, current)
  const shown = group?.frames.find(({ id }) => id === selected) ?? null
  const measured = exposures.filter(({ id }) => statistics.has(id)).length
  const open = () => store.getState().panels.open('image')
  return (
    <section className={styles['panel']} aria-label={t('title')}>
      <header className={styles['head']}>
        <h2>{t('title')}</h2>
        {groups.length === 0 ? null : (
          <label>
            {t('group')}
            <select value={group?.key ?? ''} onChange={(event) => setChosen(event.target.value)}>
              {groups.map(({ key, example, frames, doubts }) => (
                <option key={key} value={key}>
                  {[
                    describeGroup(example),
                    t('library:count', { count: frames.length }),
                    doubts.length === 0
                      ? null
                      : t('toLookAt', { count: new Set(doubts.map(({ frame }) => frame)).size }),
                  ]
                    .filter((part) => part !== null)
                    .join(' · ')}
                </option>
              ))}
            </select>
          </label>
        )}
        <span role="status">
          {measured < exposures.length ? t('measuring', { done: measured, total: exposures.length }) : ''}
        </span>
      </header>
      {group === undefined ? (
        <p className={styles['empty']}>{t('empty')}</p>
      ) : (
        <div className={styles['columns']}>
          <div className={styles['plots']}>
            {quantitiesOf(effectiveFacts(group.example).kind).map((quantity) => (
              <QuantityPlot
                key={`${group.key} ${quantity}`}
                quantity={quantity}
                frames={group.frames}
                statistics={statistics}
                doubts={group.doubts}
                selected={selected}
                onPick={openFrame}
              />
            ))}
          </div>
          <div className={styles['side']}>
            {shown === null ? null : (
              <ShownFrame key={shown.id} frame={shown} statistics={statistics.get(shown.id)} onOpen={open} />
            )}
            <h3>{t('toCheck')}</h3>
            <DoubtList frames={group.frames} doubts={group.doubts} onShow={openFrame} />
            <p className={styles['how']}>{t('how')}</p>
          </div>
        </div>
      )}
    </section>
  )
}
