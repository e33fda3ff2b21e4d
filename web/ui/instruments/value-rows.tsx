import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InstrumentProfile } from '../../ingest/instruments/profile-schema'
import { blockOf, valueOf, writeValue, type Block } from './edit-draft'
import styles from './profile-editor.module.css'

interface RowsProps {
  readonly profile: InstrumentProfile
  readonly onChange: (profile: InstrumentProfile) => void
}

const NUMBERS = [
  'gain',
  'readNoise',
  'saturation',
  'pixelScale',
  'pixelSize',
  'focalLength',
  'pedestal',
] as const
const TEXTS = ['telescope', 'instrument', 'overscan', 'trim'] as const
const CHOICES = {
  rowOrder: ['top-down', 'bottom-up'],
  bayerPattern: ['RGGB', 'BGGR', 'GRBG', 'GBRG'],
} as const
const PLACE = ['latitude', 'longitude', 'elevation'] as const

type TypedPlace = { readonly [Name in (typeof PLACE)[number]]?: number | undefined }

interface NumberInputProps {
  readonly value: number | undefined
  readonly label: string
  readonly onChange: (value: number | undefined) => void
}

/** A number as it is typed: what is not one yet is not passed on, and says so. */
const NumberInput = ({ value, label, onChange }: NumberInputProps) => {
  const [text, setText] = useState(value === undefined ? '' : String(value))
  const number = Number(text.trim().replace(',', '.'))
  const wrong = text.trim() !== '' && !Number.isFinite(number)
  return (
    <input
      type="text"
      inputMode="decimal"
      value={text}
      aria-label={label}
      aria-invalid={wrong}
      onChange={(event) => {
        const typed = event.target.value
        setText(typed)
        const next = Number(typed.trim().replace(',', '.'))
        if (typed.trim() === '') onChange(undefined)
        else if (Number.isFinite(next)) onChange(next)
      }}
    />
  )
}

const BlockChoice = ({
  profile,
  onChange,
  field,
}: RowsProps & { readonly field: Parameters<typeof blockOf>[1] }) => {
  const { t } = useTranslation('instruments')
  const value = valueOf(profile, field)
  if (value === undefined) return <span />
  return (
    <select
      value={blockOf(profile, field)}
      aria-label={t('values.when', { field: t(`field.${field}`) })}
      onChange={(event) => onChange(writeValue(profile, field, value, event.target.value as Block))}
    >
      <option value="assume">{t('values.assume')}</option>
      <option value="set">{t('values.set')}</option>
    </select>
  )
}

const SiteRows = ({ profile, onChange }: RowsProps) => {
  const { t } = useTranslation('instruments')
  const site = valueOf(profile, 'site')
  // A place needs both coordinates; until then it is kept here and not in the profile.
  const [typed, setTyped] = useState<TypedPlace>(site ?? {})
  const write = (name: (typeof PLACE)[number], value: number | undefined) => {
    const next: TypedPlace = { ...typed, [name]: value }
    setTyped(next)
    const { latitude, longitude } = next
    const whole =
      latitude === undefined || longitude === undefined
        ? undefined
        : { ...site, ...next, latitude, longitude }
    onChange(writeValue(profile, 'site', whole))
  }
  return (
    <div className={styles['row']} role="group" aria-label={t('field.site')}>
      <span>{t('field.site')}</span>
      {PLACE.map((name) => (
        <label key={name} className={styles['small']}>
          {t(`field.${name}`)}
          <NumberInput
            value={typed[name]}
            label={t(`field.${name}`)}
            onChange={(value) => write(name, value)}
          />
        </label>
      ))}
    </div>
  )
}

/** What is known of the instrument and does not stand in its headers, or stands there wrongly. */
export const ValueRows = ({ profile, onChange }: RowsProps) => {
  const { t } = useTranslation('instruments')
  return (
    <>
      {NUMBERS.map((field) => {
        const value = valueOf(profile, field)
        const label = t(`field.${field}`)
        return (
          <div key={field} className={styles['row']} role="group" aria-label={label}>
            <span>
              {label} <small>{t(`unit.${field}`)}</small>
            </span>
            {Array.isArray(value) ? (
              <span className={styles['quiet']}>{t('values.rules')}</span>
            ) : (
              <NumberInput
                value={value ?? undefined}
                label={label}
                onChange={(next) => onChange(writeValue(profile, field, next))}
              />
            )}
            <BlockChoice profile={profile} onChange={onChange} field={field} />
          </div>
        )
      })}
      {TEXTS.map((field) => (
        <div key={field} className={styles['row']} role="group" aria-label={t(`field.${field}`)}>
          <span>{t(`field.${field}`)}</span>
          <input
            type="text"
            value={valueOf(profile, field) ?? ''}
            aria-label={t(`field.${field}`)}
            placeholder={field === 'overscan' || field === 'trim' ? '[1:2048,1:2048]' : ''}
            onChange={(event) =>
              onChange(writeValue(profile, field, event.target.value === '' ? undefined : event.target.value))
            }
          />
          <BlockChoice profile={profile} onChange={onChange} field={field} />
        </div>
      ))}
      {(['rowOrder', 'bayerPattern'] as const).map((field) => (
        <div key={field} className={styles['row']} role="group" aria-label={t(`field.${field}`)}>
          <span>{t(`field.${field}`)}</span>
          <select
            value={valueOf(profile, field) ?? ''}
            aria-label={t(`field.${field}`)}
            onChange={(event) => {
              const chosen = CHOICES[field].find((choice) => choice === event.target.value)
              onChange(writeValue(profile, field, chosen as never))
            }}
          >
            <option value="">{t('values.header')}</option>
            {CHOICES[field].map((choice) => (
              <option key={choice} value={choice}>
                {field === 'rowOrder' ? t(`inspector:rowOrder.${choice}`) : choice}
              </option>
            ))}
          </select>
          <BlockChoice profile={profile} onChange={onChange} field={field} />
        </div>
      ))}
      <SiteRows profile={profile} onChange={onChange} />
    </>
  )
}
