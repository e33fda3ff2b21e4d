import { useId, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { MOST_PLANES, planesOf, type ExposureRecord } from '../../core/frame'
import { parsePlanes } from '../../state/parse-planes'
import { PopoverPanel } from '../kit/popover-panel'
import { useApp } from '../kit/use-app'
import styles from './cube-planes.module.css'

interface PlanesFormProps {
  readonly cube: ExposureRecord
  /** The plane that is looked at, 0-based. */
  readonly plane: number
  readonly close: () => void
}

const PlanesForm = ({ cube, plane, close }: PlanesFormProps) => {
  const { t, i18n } = useTranslation('inspector')
  const takePlanes = useApp((state) => state.intake.takePlanes)
  const [text, setText] = useState(String(plane + 1))
  const [leaveOut, setLeaveOut] = useState(true)
  const problemId = useId()
  const count = planesOf(cube)
  const choice = parsePlanes(text, count)
  const problem = 'problem' in choice ? choice : null
  const number = (value: number) => value.toLocaleString(i18n.language)
  const take = (event: FormEvent) => {
    event.preventDefault()
    if ('problem' in choice) return
    void takePlanes(cube.id, choice.planes, leaveOut && !cube.excluded)
    close()
  }
  return (
    <form className={styles['form']} onSubmit={take}>
      <p>{t('cube.text')}</p>
      <label>
        {t('cube.which', { count, planes: number(count) })}
        <input
          type="text"
          value={text}
          autoComplete="off"
          placeholder="1, 4-6"
          aria-invalid={problem !== null}
          aria-describedby={problemId}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <p id={problemId} className={styles['problem']} aria-live="polite">
        {problem === null
          ? ''
          : t(`cube.problem.${problem.problem}`, {
              text: problem.text,
              count,
              planes: number(count),
              most: number(MOST_PLANES),
            })}
      </p>
      <div className={styles['row']}>
        <button type="button" className="chip" onClick={() => setText(String(plane + 1))}>
          {t('cube.this')}
        </button>
        <button type="button" className="chip" onClick={() => setText(`1-${count}`)}>
          {t('cube.all')}
        </button>
      </div>
      <label className={styles['check']}>
        <input type="checkbox" checked={leaveOut} onChange={(event) => setLeaveOut(event.target.checked)} />
        {t('cube.leaveOut')}
      </label>
      <button type="submit" className="do" disabled={problem !== null}>
        {'planes' in choice ? t('cube.take', { count: choice.planes.length }) : t('cube.takeNone')}
      </button>
    </form>
  )
}

/** Planes of a cube become frames of their own, those that a person names. */
export const CubePlanes = ({ cube }: { readonly cube: ExposureRecord }) => {
  const { t } = useTranslation('inspector')
  const canWrite = useApp((state) => state.library.canWrite)
  const busy = useApp((state) => state.intake.progress !== null)
  const plane = useApp((state) => state.selection.plane)
  return (
    <PopoverPanel label={t('cube.title')} button={t('cube.button')} disabled={!canWrite || busy}>
      {(close) => <PlanesForm cube={cube} plane={plane} close={close} />}
    </PopoverPanel>
  )
}
