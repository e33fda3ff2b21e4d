import { useEffect, useId, useState, type ReactNode } from 'react'
import type { TargetRecord } from '../../core/target'
import { normaliseName } from '../../core/target'
import { parsePlace, type Place } from '../../science/astrometry/parse-place'
import { scaleOfOptics, type SolveHintsChoice } from '../../state/solve-hints'
import { LookUp } from '../catalogues/look-up'
import { useApp } from '../kit/use-app'
import { CatalogueSelect } from './catalogue-select'
import { useSkyWords } from './use-sky-words'
import styles from './sky-panel.module.css'

const PLACES = ['frame', 'given', 'anywhere'] as const
const SCALES = ['frame', 'given', 'optics', 'any'] as const
const ORDERS = ['auto', 1, 2, 3, 4, 5] as const

interface FieldProps {
  readonly label: string
  readonly help: string
  readonly children: (id: string, described: string) => ReactNode
}

/** A control with its name and what it means. */
const Field = ({ label, help, children }: FieldProps) => {
  const id = useId()
  return (
    <div className={styles['field']}>
      <label htmlFor={id}>{label}</label>
      {children(id, `${id}-help`)}
      <small id={`${id}-help`}>{help}</small>
    </div>
  )
}

interface NumberProps {
  readonly id: string
  readonly described: string
  readonly value: number
  readonly least: number
  readonly most: number
  readonly unit: string
  readonly onTake: (value: number) => void
}

/** What is typed counts as soon as it makes sense; what makes none is said, and does not count. */
const NumberInput = ({ id, described, value, least, most, unit, onTake }: NumberProps) => {
  const [text, setText] = useState(String(value))
  useEffect(() => setText((before) => (Number(before) === value ? before : String(value))), [value])
  const read = (typed: string): number => (typed.trim() === '' ? Number.NaN : Number(typed.replace(',', '.')))
  const isValid = (typed: number): boolean => typed >= least && typed <= most
  return (
    <span className={styles['value']}>
      <input
        id={id}
        type="text"
        inputMode="decimal"
        autoComplete="off"
        aria-describedby={described}
        aria-invalid={!isValid(read(text))}
        value={text}
        onChange={({ target }) => {
          setText(target.value)
          if (isValid(read(target.value))) onTake(read(target.value))
        }}
      />
      <span>{unit}</span>
    </span>
  )
}

/** Coordinates, or a target of the workspace by any of its names. */
const findPlace = (text: string, targets: readonly TargetRecord[]): Place | null => {
  const wanted = normaliseName(text)
  const target = targets.find(
    ({ name, aliases = [] }) =>
      wanted !== '' && [name, ...aliases].some((each) => normaliseName(each) === wanted),
  )
  if (target?.rightAscension != null && target.declination !== null)
    return { rightAscension: target.rightAscension, declination: target.declination }
  return parsePlace(text)
}

interface HintsFormProps {
  readonly hints: SolveHintsChoice
  readonly onChange: (change: Partial<SolveHintsChoice>) => void
}

/** What a person may tell the solver; nothing of it is needed where the header knows it. */
export const HintsForm = ({ hints, onChange }: HintsFormProps) => {
  const { t, number, place } = useSkyWords()
  const targets = useApp((state) => state.targets.targets)
  const optics = scaleOfOptics(hints.pixelSize, hints.focalLength)
  return (
    <div className={styles['form']}>
      <Field label={t('form.place')} help={t(`form.placeHelp.${hints.place}`)}>
        {(id, described) => (
          <select
            id={id}
            aria-describedby={described}
            value={hints.place}
            onChange={({ target }) =>
              onChange({ place: PLACES.find((each) => each === target.value) ?? 'frame' })
            }
          >
            {PLACES.map((each) => (
              <option key={each} value={each}>
                {t(`form.places.${each}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {hints.place !== 'given' ? null : (
        <>
          <Field
            label={t('form.center')}
            help={
              hints.center === null
                ? t('form.centerHelp')
                : place(hints.center.rightAscension, hints.center.declination)
            }
          >
            {(id, described) => (
              <input
                id={id}
                type="text"
                autoComplete="off"
                spellCheck={false}
                aria-describedby={described}
                placeholder="02 04 10 +46 41 16"
                value={hints.text}
                onChange={({ target }) =>
                  onChange({ text: target.value, center: findPlace(target.value, targets) })
                }
              />
            )}
          </Field>
          {hints.text.trim() === '' || parsePlace(hints.text) !== null ? null : (
            <LookUp
              name={hints.text}
              onFound={({ rightAscension, declination }) =>
                onChange({ center: { rightAscension, declination } })
              }
            />
          )}
          <Field label={t('form.radius')} help={t('form.radiusHelp')}>
            {(id, described) => (
              <NumberInput
                id={id}
                described={described}
                value={hints.radius}
                least={0.01}
                most={180}
                unit="°"
                onTake={(radius) => onChange({ radius })}
              />
            )}
          </Field>
        </>
      )}
      <Field label={t('form.scale')} help={t(`form.scaleHelp.${hints.scale}`)}>
        {(id, described) => (
          <select
            id={id}
            aria-describedby={described}
            value={hints.scale}
            onChange={({ target }) =>
              onChange({ scale: SCALES.find((each) => each === target.value) ?? 'frame' })
            }
          >
            {SCALES.map((each) => (
              <option key={each} value={each}>
                {t(`form.scales.${each}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {hints.scale !== 'given' ? null : (
        <Field label={t('form.pixelScale')} help={t('form.pixelScaleHelp')}>
          {(id, described) => (
            <NumberInput
              id={id}
              described={described}
              value={hints.pixelScale}
              least={0.01}
              most={1000}
              unit="″/px"
              onTake={(pixelScale) => onChange({ pixelScale })}
            />
          )}
        </Field>
      )}
      {hints.scale !== 'optics' ? null : (
        <>
          <Field label={t('form.focalLength')} help={t('form.focalLengthHelp')}>
            {(id, described) => (
              <NumberInput
                id={id}
                described={described}
                value={hints.focalLength}
                least={1}
                most={1e6}
                unit="mm"
                onTake={(focalLength) => onChange({ focalLength })}
              />
            )}
          </Field>
          <Field label={t('form.pixelSize')} help={t('form.pixelSizeHelp')}>
            {(id, described) => (
              <NumberInput
                id={id}
                described={described}
                value={hints.pixelSize}
                least={0.1}
                most={1000}
                unit="µm"
                onTake={(pixelSize) => onChange({ pixelSize })}
              />
            )}
          </Field>
          <p className={styles['live']} role="status">
            {t('form.live', { scale: number(optics) })}
          </p>
        </>
      )}
      <Field label={t('form.catalogue')} help={t('form.catalogueHelp')}>
        {(id, described) => (
          <CatalogueSelect
            id={id}
            described={described}
            value={hints.catalogue}
            onChange={(catalogue) => onChange({ catalogue })}
          />
        )}
      </Field>
      <Field label={t('form.sip')} help={t('form.sipHelp')}>
        {(id, described) => (
          <select
            id={id}
            aria-describedby={described}
            value={String(hints.sipOrder)}
            onChange={({ target }) =>
              onChange({ sipOrder: target.value === 'auto' ? 'auto' : Number(target.value) })
            }
          >
            {ORDERS.map((order) => (
              <option key={order} value={String(order)}>
                {order === 'auto'
                  ? t('form.sipAuto')
                  : order === 1
                    ? t('sip.none')
                    : t('sip.order', { order })}
              </option>
            ))}
          </select>
        )}
      </Field>
    </div>
  )
}
