import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp } from '../kit/use-app'
import type { RawFrameKind } from '../../core/frame'
import { EditDialog, RAW_KINDS } from './edit-dialog'
import styles from './library-panel.module.css'

/** What can be done with the selected frames; everything can be taken back. */
export const EditBar = ({ frames }: { readonly frames: readonly string[] }) => {
  const { t } = useTranslation('library')
  const library = useApp((state) => state.library)
  const [open, setOpen] = useState(false)
  const chosen = new Set(frames)
  const excluded = library.exposures.filter((exposure) => chosen.has(exposure.id) && exposure.excluded).length
  const allExcluded = frames.length > 0 && excluded === frames.length
  if (frames.length === 0) return null
  return (
    <div className={styles['edit']}>
      <span>{t('selected', { count: frames.length })}</span>
      <select
        className="chip"
        aria-label={t('setKindOf', { count: frames.length })}
        value=""
        onChange={(event) => void library.correct(frames, { kind: event.target.value as RawFrameKind })}
      >
        <option value="" disabled hidden>
          {t('setKind')}
        </option>
        {RAW_KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {t(`kind.${kind}`)}
          </option>
        ))}
      </select>
      <button type="button" className="chip" onClick={() => setOpen(true)}>
        {t('edit')}
      </button>
      <button type="button" className="chip" onClick={() => void library.setExcluded(frames, !allExcluded)}>
        {allExcluded ? t('include') : t('exclude')}
      </button>
      <button type="button" className="chip" onClick={() => void library.remove(frames)}>
        {t('remove')}
      </button>
      <EditDialog
        open={open}
        count={frames.length}
        onClose={() => setOpen(false)}
        onApply={(changes) => void library.correct(frames, changes)}
      />
    </div>
  )
}
