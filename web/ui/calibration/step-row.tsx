import { useId, useState } from 'react'
import type { Trap } from '../../pipeline/calibration/find-traps'
import type { StepForecast } from '../../pipeline/calibration/foresee-steps'
import type { CalibrationChoices, CalibrationParameters } from '../../pipeline/calibration/choices'
import { Term } from '../kit/term'
import { FieldControl } from './field-control'
import type { StepControl } from './step-controls'
import { useStepWords } from './use-step-words'
import styles from './calibration-panel.module.css'

interface StepRowProps {
  readonly control: StepControl
  /** Null while it is worked out. */
  readonly forecast: StepForecast | null
  readonly traps: readonly Trap[]
  readonly parameters: CalibrationParameters
  readonly changed: boolean
  readonly disabled: boolean
  readonly onChange: (changes: CalibrationChoices) => void
}

/** One step: whether it is done, what it will do to the lights at hand, what to beware of, and its parameters when it is opened. */
export const StepRow = (props: StepRowProps) => {
  const { control, forecast, traps, parameters, changed, disabled, onChange } = props
  const { t, sayLine, sayTrap } = useStepWords()
  const [open, setOpen] = useState(false)
  const inner = useId()
  const name = t(`name.${control.id}`)
  const isOn = control.toggle === null || control.toggle.isOn(parameters)
  const fields = (list: StepControl['basic']) =>
    list.map((field) => (
      <FieldControl
        key={field.id}
        field={field}
        parameters={parameters}
        disabled={disabled}
        onChange={onChange}
      />
    ))
  const lines = forecast?.lines ?? []
  return (
    <li className={styles['step']} data-step={control.id} data-state={isOn ? forecast?.state : 'off'}>
      <div className={styles['line']}>
        {control.toggle === null ? (
          <span className={styles['always']}>{t('always')}</span>
        ) : (
          <input
            type="checkbox"
            role="switch"
            aria-label={name}
            checked={isOn}
            aria-checked={isOn}
            disabled={disabled}
            onChange={(event) => onChange(control.toggle?.turn(event.target.checked) ?? {})}
          />
        )}
        <div className={styles['words']}>
          <h3>
            <Term id={control.term}>{name}</Term>
            {changed ? <span className={styles['changed']}>{t('changed')}</span> : null}
          </h3>
          {isOn ? (
            lines.map((line) => <p key={JSON.stringify(line)}>{sayLine(control.id, line)}</p>)
          ) : (
            <p>{t(`off.${control.id}`)}</p>
          )}
        </div>
        <button
          type="button"
          className={styles['more']}
          aria-expanded={open}
          aria-controls={inner}
          aria-label={t('more', { step: name })}
          onClick={() => setOpen(!open)}
        >
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M6 9l6 6 6-6" />
          </svg>
        </button>
      </div>
      {traps.map((trap) => (
        <details key={JSON.stringify(trap)} className={styles['trap']} data-trap={trap.code}>
          <summary>
            <span>{sayTrap(trap, 'text')}</span> <u>{t('why')}</u>
          </summary>
          <p>{sayTrap(trap, 'why')}</p>
        </details>
      ))}
      <div id={inner} className={styles['inner']} hidden={!open}>
        <p>{t(`about.${control.id}`)}</p>
        {isOn ? fields(control.basic) : null}
        {isOn && control.advanced.length > 0 ? (
          <details className={styles['advanced']}>
            <summary>{t(`advanced.${control.id}`)}</summary>
            {fields(control.advanced)}
          </details>
        ) : null}
      </div>
    </li>
  )
}
