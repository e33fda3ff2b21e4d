import { useTranslation } from 'react-i18next'
import type { ProfileEntry } from '../../engine/studio'
import { formatProfile } from '../../ingest/instruments/format-profile'
import { saveFile } from '../kit/save-file'
import styles from './instruments-panel.module.css'

interface ProfileRowProps {
  readonly entry: ProfileEntry
  /** How many of the frames that are here were read by it. */
  readonly frames: number
  readonly canEdit: boolean
  readonly onEdit: () => void
  readonly onRemove: () => void
}

/** One profile: what it is for, what should be known of it, and what can be done with it. */
export const ProfileRow = ({ entry, frames, canEdit, onEdit, onRemove }: ProfileRowProps) => {
  const { t } = useTranslation('instruments')
  const { profile, builtIn } = entry
  return (
    <li className={styles['profile']} data-used={frames > 0}>
      <div className={styles['line']}>
        <b>{profile.title}</b>
        <span>{t('frames', { count: frames })}</span>
      </div>
      {profile.notes.length === 0 ? null : (
        <details>
          <summary>{t('notesOf', { count: profile.notes.length })}</summary>
          <ul>
            {profile.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </details>
      )}
      <div className={styles['actions']}>
        {builtIn ? null : (
          <button
            type="button"
            className="chip"
            disabled={!canEdit}
            aria-label={t('editOf', { name: profile.title })}
            onClick={onEdit}
          >
            {t('edit')}
          </button>
        )}
        <button
          type="button"
          className="chip"
          aria-label={t('exportOf', { name: profile.title })}
          onClick={() => saveFile(`${profile.name}.json`, formatProfile(profile), 'application/json')}
        >
          {t('export')}
        </button>
        {builtIn ? null : (
          <button
            type="button"
            className="chip"
            aria-label={t('removeOf', { name: profile.title })}
            onClick={onRemove}
          >
            {t('remove')}
          </button>
        )}
      </div>
    </li>
  )
}
