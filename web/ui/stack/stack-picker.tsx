import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { effectiveFacts, type ExposureRecord } from '../../core/frame'
import type { FrameSpared, FrameToStack } from '../../pipeline/stack/foresee-stack'
import styles from './stack-panel.module.css'

interface PickerProps {
  /** Lights of one object, of all nights; of one filter unless filters are mixed. */
  readonly lights: readonly ExposureRecord[]
  readonly picked: ReadonlySet<string>
  readonly known: ReadonlyMap<string, FrameToStack>
  readonly leftOut: ReadonlyMap<string, FrameSpared>
  readonly disabled: boolean
  readonly onPick: (frames: readonly string[]) => void
}

interface NightProps extends Omit<PickerProps, 'onPick'> {
  readonly name: string
  /** A single night is always unfolded. */
  readonly alone: boolean
  readonly onPut: (frames: readonly string[], ticked: boolean) => void
}

const NightFrames = ({ name, alone, lights, picked, known, leftOut, disabled, onPut }: NightProps) => {
  const { t, i18n } = useTranslation('stack')
  const ids = lights.map(({ id }) => id)
  const mixed = new Set(lights.map((light) => effectiveFacts(light).filter)).size > 1
  const count = ids.filter((id) => picked.has(id)).length
  const [open, setOpen] = useState(alone || count > 0)
  const inner = useId()
  const number = (value: number | null | undefined, digits: number) =>
    value?.toLocaleString(i18n.language, { minimumFractionDigits: digits, maximumFractionDigits: digits }) ??
    '–'
  const say = ({ reason, value, limit }: FrameSpared) =>
    t('panel.staysOut', {
      why: t(`reason.${reason}`, { value: number(value, 2), limit: number(limit, 2) }),
    })
  const sayKnown = (frame: FrameToStack | undefined) =>
    [
      frame?.calibrated === true ? t('panel.calibrated') : null,
      frame?.placed === true ? t('panel.placed') : null,
    ]
      .filter((part) => part !== null)
      .join(', ') || '–'
  return (
    <div className={styles['night']}>
      <div className={styles['nightHead']}>
        <input
          type="checkbox"
          aria-label={name}
          ref={(box) => {
            if (box !== null) box.indeterminate = count > 0 && count < ids.length
          }}
          checked={count > 0}
          disabled={disabled}
          onChange={(event) => onPut(ids, event.target.checked)}
        />
        <button type="button" aria-expanded={open} aria-controls={inner} onClick={() => setOpen(!open)}>
          {name} <em>{t('panel.ofFrames', { count: ids.length, picked: count })}</em>
        </button>
      </div>
      <div
        id={inner}
        hidden={!open}
        className={styles['scroll']}
        role="region"
        aria-label={name}
        tabIndex={0}
      >
        {open ? (
          <table className={styles['table']}>
            <thead>
              <tr>
                <th scope="col">{t('frame')}</th>
                {mixed ? <th scope="col">{t('filter')}</th> : null}
                <th scope="col">{t('start')}</th>
                <th scope="col">{t('fwhm')}</th>
                <th scope="col">{t('gain.stars')}</th>
                <th scope="col">{t('panel.before')}</th>
              </tr>
            </thead>
            <tbody>
              {lights.map((light) => {
                const frame = known.get(light.id)
                const spared = picked.has(light.id) ? leftOut.get(light.id) : undefined
                return (
                  <tr key={light.id} data-out={spared !== undefined}>
                    <th scope="row">
                      <label>
                        <input
                          type="checkbox"
                          checked={picked.has(light.id)}
                          disabled={disabled}
                          onChange={(event) => onPut([light.id], event.target.checked)}
                        />
                        <span>{light.name}</span>
                      </label>
                      {spared === undefined ? null : <small>{say(spared)}</small>}
                    </th>
                    {mixed ? <td>{effectiveFacts(light).filter ?? '–'}</td> : null}
                    <td>{effectiveFacts(light).dateObs?.slice(11, 19) ?? ''}</td>
                    <td>{number(frame?.fwhm, 2)}</td>
                    <td>{number(frame?.stars, 0)}</td>
                    <td>{sayKnown(frame)}</td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        ) : null}
      </div>
    </div>
  )
}

/** Frames night by night, each with a tick and what is known of it; a night is ticked as a whole at its head. */
export const StackPicker = (props: PickerProps) => {
  const { lights, picked, onPick, ...others } = props
  const { t } = useTranslation('stack')
  const nights = [...Map.groupBy(lights, (light) => effectiveFacts(light).night)]
  const put = (frames: readonly string[], ticked: boolean) => {
    const changed = new Set(frames)
    onPick(lights.flatMap(({ id }) => ((changed.has(id) ? ticked : picked.has(id)) ? [id] : [])))
  }
  return (
    <>
      {nights.map(([night, members]) => (
        <NightFrames
          key={night}
          name={t('panel.nightOf', { night: night || t('unknown') })}
          alone={nights.length === 1}
          lights={members}
          picked={picked}
          {...others}
          onPut={put}
        />
      ))}
    </>
  )
}
