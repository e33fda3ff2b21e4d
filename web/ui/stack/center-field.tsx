import { useEffect, useId, useState } from 'react'
import { degrees } from '../../core/units'
import { parsePlace } from '../../science/astrometry/parse-place'
import { formatDeclination, formatRightAscension } from '../../science/astrometry/sexagesimal'
import { LookUp } from '../catalogues/look-up'
import { Labelled } from './stack-field'
import styles from './stack-panel.module.css'

/** ICRS degrees. */
interface Center {
  readonly ra: number
  readonly dec: number
}

interface CenterFieldProps {
  /** Null: the middle of what the stack shows. */
  readonly value: Center | null
  readonly disabled: boolean
  readonly onChange: (center: Center | null) => void
}

const write = (center: Center | null): string =>
  center === null
    ? ''
    : `${formatRightAscension(degrees(center.ra), 2)} ${formatDeclination(degrees(center.dec), 1)}`

/** Where the middle of the stack is: coordinates as they are typed, or a name that is looked up when somebody asks for it. */
export const CenterField = ({ value, disabled, onChange }: CenterFieldProps) => {
  const control = useId()
  const known = write(value)
  const [text, setText] = useState(known)
  useEffect(
    () => setText((before) => (known === '' && parsePlace(before) === null ? before : known)),
    [known],
  )
  const place = parsePlace(text)
  const isName = text.trim() !== '' && place === null
  const take = () => {
    if (text.trim() === '') onChange(null)
    else if (place !== null && text.trim() !== known)
      onChange({ ra: place.rightAscension, dec: place.declination })
  }
  return (
    <>
      <Labelled
        id="center"
        control={control}
        input={
          <input
            id={control}
            type="text"
            autoComplete="off"
            spellCheck={false}
            maxLength={200}
            aria-describedby={`${control}-help`}
            placeholder="–"
            value={text}
            disabled={disabled}
            onChange={(event) => {
              setText(event.target.value)
              // A center that no longer stands in the field must not go into the order.
              if (value !== null && parsePlace(event.target.value) === null) onChange(null)
            }}
            onBlur={take}
            onKeyDown={(event) => {
              if (event.key === 'Enter') take()
            }}
          />
        }
      />
      {isName && !disabled ? (
        <div className={styles['beneath']}>
          <LookUp
            name={text}
            onFound={({ rightAscension, declination }) => onChange({ ra: rightAscension, dec: declination })}
          />
        </div>
      ) : null}
    </>
  )
}
