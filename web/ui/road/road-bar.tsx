import { useTranslation } from 'react-i18next'
import { CRAFTS, type Craft } from '../../state/crafts'
import styles from './road-bar.module.css'

export type RoadStopState = 'none' | 'waiting' | 'running' | 'done' | 'problem'

export interface RoadStopView {
  readonly id: string
  readonly state: RoadStopState
  /** Frames, masters or stars at this stop; null when there is nothing to count. */
  readonly count: number | null
}

const MARK: Record<RoadStopState, string> = { none: '–', waiting: '○', running: '●', done: '✓', problem: '!' }

interface RoadBarProps {
  readonly craft: Craft
  readonly onCraft: (craft: Craft) => void
  readonly stops: readonly RoadStopView[]
  readonly current: string
  readonly onOpen: (stop: string) => void
}

/** The road of the craft, which can be changed at its head: each stop shows its count and state and opens what belongs to it. */
export const RoadBar = ({ craft, onCraft, stops, current, onOpen }: RoadBarProps) => {
  const { t } = useTranslation('road')
  return (
    <nav className={styles['road']} aria-label={t(`label.${craft}`)}>
      <select
        className={styles['craft']}
        aria-label={t('craft.label')}
        title={t('craft.hint')}
        value={craft}
        onChange={(event) => onCraft(event.target.value as Craft)}
      >
        {CRAFTS.map((each) => (
          <option key={each} value={each}>
            {t(`craft.${each}`)}
          </option>
        ))}
      </select>
      {stops.map(({ id, state, count }) => (
        <button
          key={id}
          type="button"
          data-state={state}
          aria-current={id === current ? 'step' : undefined}
          title={t(`state.${state}`)}
          onClick={() => onOpen(id)}
        >
          <i aria-hidden="true">{MARK[state]}</i>
          <span>{t(`stop.${id}`)}</span>
          <small>{count === null ? t(`empty.${id}`, { defaultValue: '' }) : count}</small>
          <span className={styles['hidden']}>{t(`state.${state}`)}</span>
        </button>
      ))}
    </nav>
  )
}
