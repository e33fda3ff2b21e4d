import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { withDefaults } from '../../pipeline/calibration/choices'
import type { CurrentNight } from '../../state/current-night'
import { runNext } from '../../state/run-next'
import { useApp, useAppStore } from '../kit/use-app'
import { StepRow } from './step-row'
import { STEP_CONTROLS } from './step-controls'
import { useForeseen } from './use-foreseen'
import styles from './calibration-panel.module.css'

/** How the lights of the open night are calibrated, step by step, with what each step will do to them and what to beware of. */
export const CalibrationPanel = ({ current }: { readonly current: CurrentNight }) => {
  const { t } = useTranslation('calibration')
  const store = useAppStore()
  const { choices, past, change, reset, undo } = useApp((state) => state.calibration)
  const canWrite = useApp((state) => state.library.canWrite)
  const running = useApp((state) => state.orders.progress !== null)
  const [all, setAll] = useState(false)
  const { lights, calibrated, night } = current
  const result = useForeseen(lights)
  const parameters = withDefaults(choices)
  const rows = STEP_CONTROLS.map((control) => ({
    control,
    forecast: result?.steps.find(({ id }) => id === control.id) ?? null,
    traps: result?.traps.filter(({ step }) => step === control.id) ?? [],
    changed: control.keys.some((key) => choices[key] !== undefined),
  }))
  const isWorthALine = ({ control, forecast, traps, changed }: (typeof rows)[number]): boolean =>
    control.main || changed || traps.length > 0 || (forecast?.state === 'does' && control.toggle !== null)
  const shown = all ? rows : rows.filter(isWorthALine)
  const hidden = rows.length - rows.filter(isWorthALine).length
  const done =
    result?.foreseen.assignments.filter(({ id, exposure }) => calibrated.get(exposure)?.id === id).length ?? 0
  const isDone = lights.length > 0 && done === lights.length
  const calibrate = () => void runNext(store, 'calibrate')
  return (
    <section className={styles['panel']} aria-label={t('title')}>
      <header className={styles['head']}>
        <h2>{t('title')}</h2>
        <p>{t('text')}</p>
        <div className={styles['actions']}>
          <button
            type="button"
            className="do"
            disabled={!canWrite || running || lights.length === 0 || isDone}
            onClick={calibrate}
          >
            {t('calibrate', { count: lights.length })}
          </button>
          <button type="button" className="ghost" disabled={!canWrite || past.length === 0} onClick={undo}>
            {t('undo')}
          </button>
          <button
            type="button"
            className="ghost"
            disabled={!canWrite || Object.keys(choices).length === 0}
            onClick={reset}
          >
            {t('reset')}
          </button>
        </div>
        <p role="status" className={styles['status']}>
          {lights.length === 0
            ? t('noLights')
            : result === null
              ? t('looking')
              : t(isDone ? 'allDone' : done > 0 ? 'someDone' : 'noneDone', {
                  count: lights.length,
                  done,
                  night: night?.night ?? '',
                })}
        </p>
      </header>
      <ol className={styles['steps']}>
        {shown.map((row) => (
          <StepRow
            key={row.control.id}
            {...row}
            parameters={parameters}
            disabled={!canWrite}
            onChange={change}
          />
        ))}
      </ol>
      {hidden === 0 && !all ? null : (
        <button type="button" className="chip" aria-pressed={all} onClick={() => setAll(!all)}>
          {t('allSteps', { count: hidden })}
        </button>
      )}
    </section>
  )
}
