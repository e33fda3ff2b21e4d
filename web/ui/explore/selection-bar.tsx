import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PopoverPanel } from '../kit/popover-panel'
import styles from './selection-bar.module.css'

interface SelectionBarProps {
  readonly count: number
  readonly canWrite: boolean
  /** Empty flags and note take back what was said. */
  readonly onFlag: (flags: readonly string[], note: string) => void
  /** What the only row chosen stands for; null where there are several or it stands for nothing. */
  readonly onOpen: (() => void) | null
  readonly onOrigin: (() => void) | null
  /** Frames can be left out of orders, or taken back in. */
  readonly onExclude: ((excluded: boolean) => void) | null
  /** Saves them as a file. */
  readonly onSave: () => void
  readonly onClear: () => void
}

const WORDS = ['bad', 'check', 'good'] as const
const MOST_CHARACTERS = 200

const FlagForm = ({ onFlag, close }: { onFlag: SelectionBarProps['onFlag']; close: () => void }) => {
  const { t } = useTranslation('explore')
  const [own, setOwn] = useState('')
  const [note, setNote] = useState('')
  const flag = (flags: readonly string[]) => {
    onFlag(flags, note.trim())
    close()
  }
  return (
    <div className={styles['form']}>
      <p>{t('flag.text')}</p>
      <div className={styles['row']}>
        {WORDS.map((word) => (
          <button key={word} type="button" className="chip" onClick={() => flag([word])}>
            {t(`flag.${word}`)}
          </button>
        ))}
      </div>
      <label>
        {t('flag.own')}
        <input
          type="text"
          value={own}
          maxLength={40}
          onChange={(event) => setOwn(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && own.trim() !== '') flag([own.trim()])
          }}
        />
      </label>
      <label>
        {t('flag.note')}
        <input
          type="text"
          value={note}
          maxLength={MOST_CHARACTERS}
          onChange={(event) => setNote(event.target.value)}
        />
      </label>
      <div className={styles['row']}>
        <button
          type="button"
          className="do"
          disabled={own.trim() === '' && note.trim() === ''}
          onClick={() => flag(own.trim() === '' ? [] : [own.trim()])}
        >
          {t('flag.set')}
        </button>
        <button
          type="button"
          className="ghost"
          onClick={() => {
            onFlag([], '')
            close()
          }}
        >
          {t('flag.take')}
        </button>
      </div>
    </div>
  )
}

/** What can be done with the rows that are chosen. */
export const SelectionBar = (props: SelectionBarProps) => {
  const { count, canWrite, onFlag, onOpen, onOrigin, onExclude, onSave, onClear } = props
  const { t } = useTranslation('explore')
  return (
    <div className={styles['bar']} role="toolbar" aria-label={t('chosen', { count })}>
      <span>{t('chosen', { count })}</span>
      <PopoverPanel label={t('flag.title')} disabled={!canWrite}>
        {(close) => <FlagForm onFlag={onFlag} close={close} />}
      </PopoverPanel>
      {onOpen === null ? null : (
        <button type="button" className="chip" onClick={onOpen}>
          {t('open')}
        </button>
      )}
      {onOrigin === null ? null : (
        <button type="button" className="chip" onClick={onOrigin}>
          {t('origin')}
        </button>
      )}
      {onExclude === null ? null : (
        <>
          <button type="button" className="chip" disabled={!canWrite} onClick={() => onExclude(true)}>
            {t('leaveOut')}
          </button>
          <button type="button" className="chip" disabled={!canWrite} onClick={() => onExclude(false)}>
            {t('takeBack')}
          </button>
        </>
      )}
      <button type="button" className="chip" title={t('saveChosen')} onClick={onSave}>
        CSV
      </button>
      <button type="button" className="chip" onClick={onClear}>
        {t('clear')}
      </button>
    </div>
  )
}
