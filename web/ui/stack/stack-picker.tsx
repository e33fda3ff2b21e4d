import { useTranslation } from 'react-i18next'
import { effectiveFacts, type ExposureRecord } from '../../core/frame'
import type { FrameSpared, FrameToStack } from '../../pipeline/stacks/foresee-stack'
import styles from './stack-panel.module.css'

interface StackPickerProps {
  /** Lights of one object and filter, of all nights. */
  readonly lights: readonly ExposureRecord[]
  readonly picked: ReadonlySet<string>
  readonly known: ReadonlyMap<string, FrameToStack>
  readonly leftOut: readonly FrameSpared[]
  readonly disabled: boolean
  readonly onPick: (frames: readonly string[]) => void
}

/** Frames night by night, each with a tick and what is known of it; a night is ticked as a whole at its head. */
export const StackPicker = ({ lights, picked, known, leftOut, disabled, onPick }: StackPickerProps) => {
  const { t, i18n } = useTranslation('stack')
  const nights = [...Map.groupBy(lights, (light) => effectiveFacts(light).night)]
  const out = new Map(leftOut.map((each) => [each.id, each]))
  const number = (value: number | null | undefined, digits: number) =>
    value?.toLocaleString(i18n.language, { minimumFractionDigits: digits, maximumFractionDigits: digits }) ??
    '–'
  const put = (frames: readonly string[], ticked: boolean) =>
    onPick(lights.flatMap(({ id }) => ((frames.includes(id) ? ticked : picked.has(id)) ? [id] : [])))
  const say = (spared: FrameSpared | undefined) =>
    spared === undefined
      ? null
      : t(`reason.${spared.reason}`, { value: number(spared.value, 2), limit: number(spared.limit, 2) })
  return (
    <>
      {nights.map(([night, frames]) => {
        const ids = frames.map(({ id }) => id)
        const count = ids.filter((id) => picked.has(id)).length
        const name = t('panel.nightOf', { night: night || t('unknown') })
        return (
          <details key={night} open={count > 0 || nights.length === 1} className={styles['night']}>
            <summary>
              <input
                type="checkbox"
                aria-label={name}
                ref={(box) => {
                  if (box !== null) box.indeterminate = count > 0 && count < ids.length
                }}
                checked={count > 0}
                disabled={disabled}
                onChange={(event) => put(ids, event.target.checked)}
              />
              <span>{name}</span>
              <em>{t('panel.ofFrames', { count: ids.length, picked: count })}</em>
            </summary>
            <div className={styles['scroll']} role="region" aria-label={name} tabIndex={0}>
              <table className={styles['table']}>
                <thead>
                  <tr>
                    <th scope="col">{t('frame')}</th>
                    <th scope="col">{t('start')}</th>
                    <th scope="col">{t('fwhm')}</th>
                    <th scope="col">{t('gain.stars')}</th>
                    <th scope="col">{t('panel.before')}</th>
                  </tr>
                </thead>
                <tbody>
                  {frames.map((light) => {
                    const frame = known.get(light.id)
                    const spared = picked.has(light.id) ? out.get(light.id) : undefined
                    return (
                      <tr key={light.id} data-out={spared !== undefined}>
                        <th scope="row">
                          <label>
                            <input
                              type="checkbox"
                              checked={picked.has(light.id)}
                              disabled={disabled}
                              onChange={(event) => put([light.id], event.target.checked)}
                            />
                            <span>{light.name}</span>
                          </label>
                          {spared === undefined ? null : (
                            <small>{t('panel.staysOut', { why: say(spared) })}</small>
                          )}
                        </th>
                        <td>{effectiveFacts(light).dateObs?.slice(11, 19) ?? ''}</td>
                        <td>{number(frame?.fwhm, 2)}</td>
                        <td>{number(frame?.stars, 0)}</td>
                        <td>
                          {[
                            frame?.calibrated === true ? t('panel.calibrated') : null,
                            frame?.placed === true ? t('panel.placed') : null,
                          ]
                            .filter((part) => part !== null)
                            .join(', ') || '–'}
                        </td>
                      </tr>
                    )
                  })}
                </tbody>
              </table>
            </div>
          </details>
        )
      })}
    </>
  )
}
