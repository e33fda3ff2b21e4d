import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ResolvedName } from '../../core/resolved-name'
import { normaliseName, type TargetRecord } from '../../core/target'
import {
  formatDeclination,
  formatRightAscension,
  parseDeclination,
  parseRightAscension,
} from '../../science/astrometry/sexagesimal'
import { LookUp } from '../catalogues/look-up'
import { NamedForm } from '../kit/named-form'

interface TargetDialogProps {
  readonly target: TargetRecord
  readonly onClose: () => void
  readonly onSave: (target: TargetRecord) => void
}

/** Other names that are taken from a list: more are noise. */
const MOST_NAMES = 6

/** What a person says of a target: name, other names, place in the sky, a note. */
export const TargetDialog = ({ target, onClose, onSave }: TargetDialogProps) => {
  const { t } = useTranslation('targets')
  const [name, setName] = useState(target.name)
  const [aliases, setAliases] = useState((target.aliases ?? []).join(', '))
  const [ra, setRa] = useState(
    target.rightAscension === null ? '' : formatRightAscension(target.rightAscension),
  )
  const [dec, setDec] = useState(target.declination === null ? '' : formatDeclination(target.declination))
  const [note, setNote] = useState(target.note)
  const [rightAscension, declination] = [parseRightAscension(ra), parseDeclination(dec)]
  const noPlace = ra.trim() === '' && dec.trim() === ''
  const wrongPlace = !noPlace && (rightAscension === null || declination === null)
  /** Its place in any case; other names where a person wrote none. */
  const take = (found: ResolvedName) => {
    setRa(formatRightAscension(found.rightAscension))
    setDec(formatDeclination(found.declination))
    const others = [found.name, ...found.aliases].filter(
      (other) => normaliseName(other) !== normaliseName(name) && found.source !== 'typed',
    )
    if (aliases.trim() === '') setAliases(others.slice(0, MOST_NAMES).join(', '))
  }
  return (
    <NamedForm
      title={t(target.name === '' ? 'addTitle' : 'editTitle', { name: target.name })}
      name={name}
      onName={setName}
      note={{ text: note, onChange: setNote }}
      below={wrongPlace ? <p role="alert">{t('wrongPlace')}</p> : null}
      valid={!wrongPlace}
      onClose={onClose}
      onKeep={(named) =>
        onSave({
          ...target,
          ...named,
          aliases: aliases
            .split(/[,;\n]/)
            .map((alias) => alias.trim())
            .filter((alias) => alias !== ''),
          rightAscension: noPlace ? null : rightAscension,
          declination: noPlace ? null : declination,
        })
      }
    >
      <LookUp name={name} onFound={take} />
      <label>
        {t('aliases')}
        <input type="text" value={aliases} onChange={(event) => setAliases(event.target.value)} />
      </label>
      <label>
        {t('inspector:ra')}
        <input
          type="text"
          value={ra}
          placeholder="02:04:10.3"
          aria-invalid={ra !== '' && rightAscension === null}
          onChange={(event) => setRa(event.target.value)}
        />
      </label>
      <label>
        {t('inspector:dec')}
        <input
          type="text"
          value={dec}
          placeholder="+46:41:16"
          aria-invalid={dec !== '' && declination === null}
          onChange={(event) => setDec(event.target.value)}
        />
      </label>
    </NamedForm>
  )
}
