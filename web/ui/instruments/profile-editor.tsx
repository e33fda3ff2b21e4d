import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatProfile } from '../../ingest/instruments/format-profile'
import type { InstrumentProfile } from '../../ingest/instruments/profile-schema'
import type { ProfileDraft } from '../../state/instruments-slice'
import { saveFile } from '../kit/save-file'
import { useApp } from '../kit/use-app'
import { AliasRows } from './alias-rows'
import { CardPicker } from './card-picker'
import { ConditionRows } from './condition-rows'
import { addAlias, listConditions, writeConditions } from './edit-draft'
import { DateRows, WordRows } from './other-rows'
import styles from './profile-editor.module.css'
import { ProfilePreview } from './profile-preview'
import { useTrial } from './use-trial'
import { ValueRows } from './value-rows'

interface FormProps {
  readonly profile: InstrumentProfile
  readonly onChange: (profile: InstrumentProfile) => void
}

const Form = ({ profile, onChange }: FormProps) => {
  const { t } = useTranslation('instruments')
  const part = { profile, onChange }
  return (
    <>
      <fieldset>
        <legend>{t('name.legend')}</legend>
        <label className={styles['line']}>
          {t('name.title')}
          <input
            type="text"
            value={profile.title}
            onChange={(event) => onChange({ ...profile, title: event.target.value })}
          />
        </label>
        <label className={styles['line']}>
          {t('name.name')}
          <input
            type="text"
            className="mono"
            value={profile.name}
            onChange={(event) => onChange({ ...profile, name: event.target.value })}
          />
        </label>
      </fieldset>
      <fieldset>
        <legend>{t('recognise.legend')}</legend>
        <ConditionRows {...part} />
      </fieldset>
      <fieldset>
        <legend>{t('values.legend')}</legend>
        <ValueRows {...part} />
      </fieldset>
      <fieldset>
        <legend>{t('aliases.legend')}</legend>
        <AliasRows {...part} />
      </fieldset>
      <fieldset>
        <legend>{t('date.legend')}</legend>
        <DateRows {...part} />
      </fieldset>
      <fieldset>
        <legend>{t('words')}</legend>
        <WordRows {...part} />
      </fieldset>
    </>
  )
}

/** The value of some text as JSON; undefined where it is none. */
const parseText = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

interface ProfileEditorProps {
  readonly draft: ProfileDraft
  readonly frameName: string
}

/** A profile beside the frame that it is made for: its cards, the form, and what comes of it at once. */
export const ProfileEditor = ({ draft, frameName }: ProfileEditorProps) => {
  const { t } = useTranslation('instruments')
  const { change, drop, save, rereading } = useApp((state) => state.instruments)
  const canWrite = useApp((state) => state.library.canWrite)
  const [text, setText] = useState<string | null>(null)
  const [reread, setReread] = useState(true)
  const heading = useRef<HTMLHeadingElement>(null)
  // Parsed once for each text: what is parsed again is another object, and would be tried again.
  const parsed = useMemo(() => (text === null ? null : parseText(text)), [text])
  const given = text === null ? draft.profile : parsed
  const { trial, failure, of } = useTrial(given ?? null, draft.frame)
  const settled = of === given
  const sound = settled && trial !== null && trial.faults.length === 0
  useEffect(() => heading.current?.focus(), [])
  // What was typed as text becomes the draft once it is known to be a profile.
  useEffect(() => {
    if (text !== null && sound && given !== draft.profile) change(given as InstrumentProfile)
  }, [text, sound, given, draft.profile, change])
  const recognise = (keyword: string, value: string) => {
    const listed = listConditions(draft.profile.recognise) ?? { join: 'all' as const, rows: [] }
    const others = listed.rows.filter((row) => row.keyword !== keyword)
    change(writeConditions(draft.profile, listed.join, [...others, { keyword, is: value.slice(0, 120) }]))
  }
  return (
    <section className={styles['editor']} aria-label={t('editor', { frame: frameName })}>
      <header>
        <h2 ref={heading} tabIndex={-1}>
          {draft.profile.title === '' ? t('untitled') : draft.profile.title}
        </h2>
        <p>{t('onFrame', { frame: frameName })}</p>
        <div className={styles['tabs']}>
          <button
            type="button"
            className="chip"
            aria-pressed={text === null}
            disabled={text !== null && !sound}
            onClick={() => setText(null)}
          >
            {t('asForm')}
          </button>
          <button
            type="button"
            className="chip"
            aria-pressed={text !== null}
            onClick={() => setText(formatProfile(draft.profile))}
          >
            {t('asText')}
          </button>
        </div>
      </header>
      <div className={styles['bar']}>
        <label>
          <input type="checkbox" checked={reread} onChange={(event) => setReread(event.target.checked)} />
          {t('rereadAfter')}
        </label>
        <button type="button" className="ghost" onClick={drop}>
          {t('cancel')}
        </button>
        <button
          type="button"
          className="btn"
          disabled={!sound}
          onClick={() =>
            saveFile(`${draft.profile.name}.json`, formatProfile(draft.profile), 'application/json')
          }
        >
          {t('export')}
        </button>
        <button
          type="button"
          className="do"
          disabled={!sound || rereading || !canWrite}
          onClick={() => void save(reread)}
        >
          {t('save')}
        </button>
      </div>
      <div className={styles['columns']}>
        <CardPicker
          frame={draft.frame}
          onRecognise={recognise}
          onUse={(field, keyword) => change(addAlias(draft.profile, field, keyword))}
        />
        <div className={styles['form']}>
          {text === null ? (
            <Form profile={draft.profile} onChange={change} />
          ) : (
            <label className={styles['area']}>
              {t('text')}
              <textarea
                className="mono"
                rows={30}
                spellCheck={false}
                value={text}
                aria-invalid={given === undefined}
                onChange={(event) => setText(event.target.value)}
              />
              {given === undefined ? <span role="alert">{t('noJson')}</span> : null}
            </label>
          )}
        </div>
        <ProfilePreview trial={trial} failure={failure} name={draft.profile.name} />
      </div>
    </section>
  )
}
