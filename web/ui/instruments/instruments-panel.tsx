import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp } from '../kit/use-app'
import { Card } from '../inspector/card'
import styles from './instruments-panel.module.css'
import { ProfileEditor } from './profile-editor'
import { ProfileRow } from './profile-row'

interface InstrumentsPanelProps {
  /** The frame that is being looked at, which a profile can be made from. */
  readonly frame: string | null
}

/** What is known of instruments: a person's own profiles and those that are built in, and a desk to write one. */
export const InstrumentsPanel = ({ frame }: InstrumentsPanelProps) => {
  const { t } = useTranslation('instruments')
  const instruments = useApp((state) => state.instruments)
  const exposures = useApp((state) => state.library.exposures)
  const canWrite = useApp((state) => state.library.canWrite)
  const picker = useRef<HTMLInputElement>(null)
  const { entries, draft, stale, rereading, refresh, begin, edit, remove, bringIn, reread } = instruments
  useEffect(() => void refresh(), [refresh])
  const counts = useMemo(() => {
    const found = new Map<string, number>()
    for (const { profile } of exposures) found.set(profile, (found.get(profile) ?? 0) + 1)
    return found
  }, [exposures])
  const nameOf = (id: string | null) => exposures.find((exposure) => exposure.id === id)?.name ?? ''
  if (draft !== null) return <ProfileEditor key={draft.frame} draft={draft} frameName={nameOf(draft.frame)} />
  const own = (entries ?? []).filter(({ builtIn }) => !builtIn)
  const builtIn = (entries ?? []).filter((entry) => entry.builtIn)
  const used = builtIn.filter(({ profile }) => counts.has(profile.name))
  const others = builtIn.filter(({ profile }) => !counts.has(profile.name))
  const list = (shown: typeof own) => (
    <ul className={styles['list']}>
      {shown.map((entry) => (
        <ProfileRow
          key={entry.profile.name}
          entry={entry}
          frames={counts.get(entry.profile.name) ?? 0}
          canEdit={frame !== null}
          onEdit={() =>
            edit(
              entry.profile,
              exposures.find(({ profile }) => profile === entry.profile.name)?.id ?? frame ?? '',
            )
          }
          onRemove={() => void remove(entry.profile)}
        />
      ))}
    </ul>
  )
  return (
    <section className={styles['panel']} aria-label={t('title')}>
      <h2>{t('title')}</h2>
      <p>{t('about')}</p>
      <div className={styles['actions']}>
        <button
          type="button"
          className="do"
          disabled={frame === null || !canWrite}
          onClick={() => frame !== null && void begin(frame)}
        >
          {t('make')}
        </button>
        <button type="button" className="btn" disabled={!canWrite} onClick={() => picker.current?.click()}>
          {t('import')}
        </button>
        <button
          type="button"
          className="btn"
          disabled={!canWrite || rereading || exposures.length === 0}
          onClick={() => void reread()}
        >
          {rereading ? t('rereading') : t('reread')}
        </button>
      </div>
      <p>{frame === null ? t('noFrame') : t('fromFrame', { frame: nameOf(frame) })}</p>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        accept=".json,application/json"
        aria-label={t('import')}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])].map((blob) => ({ name: blob.name, blob }))
          event.target.value = ''
          void bringIn(files)
        }}
      />
      {stale && exposures.length > 0 ? (
        <Card tone="hint" title={t('stale')}>
          <p>{t('staleText')}</p>
        </Card>
      ) : null}
      <h3>{t('own')}</h3>
      {own.length === 0 ? <p>{t('noOwn')}</p> : list(own)}
      <h3>{t('used')}</h3>
      {used.length === 0 ? <p>{t('noUsed')}</p> : list(used)}
      <details className={styles['others']}>
        <summary>{t('others', { count: others.length })}</summary>
        {list(others)}
      </details>
    </section>
  )
}
