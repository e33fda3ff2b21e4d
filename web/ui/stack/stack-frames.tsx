import { useTranslation } from 'react-i18next'
import type { StackRecord } from '../../core/stack'
import { openFrameOf } from '../../state/open-thing'
import { Section } from '../inspector/card'
import { useAppStore } from '../kit/use-app'
import type { StackFrame } from './list-stack-frames'
import { useStackFrames } from './use-stack-frames'
import styles from './stack.module.css'

/** Hours and minutes; with the day where frames come from several. */
const sayStart = (start: string | null, oneDay: boolean): string =>
  start === null ? '' : oneDay ? start.slice(11, 19) : start.slice(5, 16).replace('T', ' ')

/** The frames of a stack, what each counted for, and the way to each of them. */
export const StackFrames = ({ stack }: { readonly stack: StackRecord }) => {
  const { t, i18n } = useTranslation('stack')
  const store = useAppStore()
  const frames = useStackFrames(stack)
  const number = (value: number | null, digits: number) =>
    value?.toLocaleString(i18n.language, { minimumFractionDigits: digits, maximumFractionDigits: digits }) ??
    '–'
  const oneDay = new Set(frames.map(({ start }) => start?.slice(0, 10))).size === 1
  const open = ({ exposure, registered }: StackFrame) => {
    if (exposure !== null) openFrameOf(store, exposure, registered ? 'registered' : 'calibrated')
  }
  return (
    <Section title={t('frames', { count: frames.length })}>
      {/* A region that scrolls is reached by the keyboard. */}
      <div className={styles['scroll']} role="region" aria-label={t('framesTable')} tabIndex={0}>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">{t('frame')}</th>
              <th scope="col">{t('weight')}</th>
              <th scope="col">{t('fwhm')}</th>
              <th scope="col">{t('offset')}</th>
            </tr>
          </thead>
          <tbody>
            {frames.map((frame) => (
              <tr key={frame.id}>
                <th scope="row" title={frame.name}>
                  {frame.exposure === null ? (
                    t('gone')
                  ) : (
                    <button
                      type="button"
                      className={styles['link']}
                      aria-label={frame.name}
                      onClick={() => open(frame)}
                    >
                      {sayStart(frame.start, oneDay) || frame.name}
                    </button>
                  )}
                  {frame.id === stack.reference ? <small>{t('reference')}</small> : null}
                </th>
                <td>{number(frame.weight, 2)}</td>
                <td>{number(frame.fwhm, 2)}</td>
                <td>{number(frame.offset, 1)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}
