import { useTranslation } from 'react-i18next'
import type { TargetSummary } from '../../pipeline/targets/list-targets'
import { formatDeclination, formatRightAscension } from '../../science/astrometry/sexagesimal'
import styles from './targets-panel.module.css'

interface TargetCardProps {
  readonly target: TargetSummary
  /** Targets that it may be made one with. */
  readonly others: readonly TargetSummary[]
  readonly onEdit: () => void
  readonly onRemove: () => void
  readonly onMerge: (into: string) => void
  readonly onNight: (night: string) => void
  readonly onCurve: (curve: string) => void
}

/** One target: what it is called, where it stands, and every night and result that there is of it. */
export const TargetCard = ({
  target,
  others,
  onEdit,
  onRemove,
  onMerge,
  onNight,
  onCurve,
}: TargetCardProps) => {
  const { t, i18n } = useTranslation('targets')
  const { record } = target
  const place =
    record?.rightAscension == null || record.declination === null
      ? t('noPlace')
      : `${formatRightAscension(record.rightAscension)} ${formatDeclination(record.declination)}`
  const names = [...new Set([...(record?.aliases ?? []), ...target.names])].filter(
    (name) => name !== target.name,
  )
  return (
    <article className={styles['card']} aria-label={target.name} data-written={record !== null}>
      <header>
        <h3>{target.name}</h3>
        <span>{record === null ? t('fromHeaders') : place}</span>
      </header>
      {names.length === 0 ? null : <p>{t('alsoCalled', { names: names.join(', ') })}</p>}
      {record === null || record.note === '' ? null : <p>{record.note}</p>}
      <p>
        {[
          t('frames', { count: target.frames.length }),
          t('nights', { count: target.nights.length }),
          target.filters.join(', '),
        ]
          .filter((part) => part !== '')
          .join(' · ')}
      </p>
      <div className={styles['chips']}>
        {target.nights.map((night) => (
          <button key={night} type="button" className="chip" onClick={() => onNight(night)}>
            {night}
          </button>
        ))}
        {target.curves.map((curve) => (
          <button key={curve.id} type="button" className="chip" onClick={() => onCurve(curve.id)}>
            {t('curveOf', { date: new Date(curve.createdAt).toLocaleString(i18n.language) })}
          </button>
        ))}
      </div>
      <div className={styles['actions']}>
        <button type="button" className="ghost" onClick={onEdit}>
          {record === null ? t('writeDown') : t('edit')}
        </button>
        {others.length === 0 ? null : (
          <select
            value=""
            aria-label={t('mergeInto', { name: target.name })}
            onChange={(event) => {
              if (event.target.value !== '') onMerge(event.target.value)
            }}
          >
            <option value="">{t('sameAs')}</option>
            {others.map((other) => (
              <option key={other.key} value={other.key}>
                {other.name}
              </option>
            ))}
          </select>
        )}
        {record === null ? null : (
          <button type="button" className="ghost" onClick={onRemove}>
            {t('remove')}
          </button>
        )}
      </div>
    </article>
  )
}
