import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  formatDeclination,
  formatRightAscension,
  parseDeclination,
  parseRightAscension,
} from '../../science/astrometry/sexagesimal'
import { degrees } from '../../core/units'
import { LookUp } from '../catalogues/look-up'
import { Card } from './card'

interface Sky {
  readonly ra: number
  readonly dec: number
}

interface PositionFieldProps {
  readonly value: Sky | null
  readonly pointing: Sky | null
  /** What the header calls it; empty where it says nothing. */
  readonly object: string
  readonly onChange: (position: Sky | null) => void
}

/** Light crosses the Earth's orbit in this many seconds: a position that is off by an angle spoils times by so much of it. */
const ORBIT_SECONDS = 499

/** The target's place in the sky, which the barycentric times need; without it the telescope's pointing stands in. */
export const PositionField = ({ value, pointing, object, onChange }: PositionFieldProps) => {
  const { t } = useTranslation('inspector')
  const [ra, setRa] = useState('')
  const [dec, setDec] = useState('')
  const [name, setName] = useState(object)
  useEffect(() => setName(object), [object])
  useEffect(() => {
    if (value === null) return
    setRa(formatRightAscension(degrees(value.ra)))
    setDec(formatDeclination(degrees(value.dec)))
  }, [value])
  const parsedRa = parseRightAscension(ra)
  const parsedDec = parseDeclination(dec)
  const commit = () => {
    if (ra.trim() === '' && dec.trim() === '') onChange(null)
    else if (parsedRa !== null && parsedDec !== null) onChange({ ra: parsedRa, dec: parsedDec })
  }
  const explain =
    value !== null
      ? t('positionGiven')
      : pointing === null
        ? t('positionUnknown')
        : t('positionPointing', { seconds: ((ORBIT_SECONDS * Math.PI) / 180 / 5).toFixed(1) })
  return (
    <Card title={t('position')}>
      <p>{explain}</p>
      <label className="field">
        {t('positionName')}
        <input
          type="text"
          maxLength={200}
          spellCheck={false}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <LookUp
        name={name}
        onFound={({ rightAscension, declination }) => onChange({ ra: rightAscension, dec: declination })}
      />
      <label className="field">
        {t('ra')}
        <input
          type="text"
          value={ra}
          placeholder={pointing === null ? '02:04:10.3' : formatRightAscension(degrees(pointing.ra))}
          aria-invalid={ra !== '' && parsedRa === null}
          onChange={(event) => setRa(event.target.value)}
          onBlur={commit}
        />
      </label>
      <label className="field">
        {t('dec')}
        <input
          type="text"
          value={dec}
          placeholder={pointing === null ? '+46:41:16' : formatDeclination(degrees(pointing.dec))}
          aria-invalid={dec !== '' && parsedDec === null}
          onChange={(event) => setDec(event.target.value)}
          onBlur={commit}
        />
      </label>
    </Card>
  )
}
