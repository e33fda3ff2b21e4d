import { useEffect, useRef, useState } from 'react'
import { effectiveFacts, type ExposureRecord } from '../../core/frame'
import type { FrameWcs } from '../../pipeline/astrometry/find-frame-wcs'
import type { CurrentNight } from '../../state/current-night'
import { hintsOfFrame, type SolveHintsChoice } from '../../state/solve-hints'
import { Card } from '../inspector/card'
import { useApp, useAppStore, useStudio } from '../kit/use-app'
import { ChartDialog } from './chart-dialog'
import { HintsForm } from './hints-form'
import { KnownPlace } from './known-place'
import { RefusalCard } from './refusal-card'
import { Residuals } from './residuals'
import { SeriesOverview } from './series-overview'
import { SolutionFacts } from './solution-facts'
import { useSkyWords } from './use-sky-words'
import styles from './sky-panel.module.css'

interface SkyPanelProps {
  readonly current: CurrentNight
  readonly exposure: ExposureRecord | null
}

/** Where the workspace thinks that an exposure is; it follows what is solved and forgotten. */
const useFrameWcs = (frame: string | null): FrameWcs | null => {
  const studio = useStudio()
  const solutions = useApp((state) => state.sky.solutions)
  const [wcs, setWcs] = useState<FrameWcs | null>(null)
  useEffect(() => {
    let wanted = true
    if (frame === null) return
    const take = (found: FrameWcs | null): void => {
      if (wanted) setWcs(found)
    }
    studio.findWcs(frame).then(take, () => take(null))
    return () => {
      wanted = false
    }
  }, [studio, frame, solutions])
  return wcs
}

/** Where is this? What is known of a frame's place, the hints, the solver, and how well it did, star by star. */
export const SkyPanel = ({ current, exposure }: SkyPanelProps) => {
  const { t } = useSkyWords()
  const store = useAppStore()
  const { solutions, failures, hints, changeHints, solve, forget } = useApp((state) => state.sky)
  const canWrite = useApp((state) => state.library.canWrite)
  const progress = useApp((state) => state.orders.progress)
  const cancel = useApp((state) => state.orders.cancel)
  const frame = exposure !== null && effectiveFacts(exposure).kind === 'light' ? exposure : null
  const wcs = useFrameWcs(frame?.id ?? null)
  const [charting, setCharting] = useState(false)
  const filled = useRef<string | null>(null)
  useEffect(() => {
    // Only another frame fills the form anew: what a person typed stays while one frame is looked at.
    if (frame === null || filled.current === frame.id) return
    filled.current = frame.id
    changeHints(hintsOfFrame(effectiveFacts(frame)))
  }, [frame, changeHints])
  if (frame === null)
    return (
      <section className={styles['panel']} aria-label={t('title')}>
        <header className={styles['head']}>
          <h2>{t('title')}</h2>
        </header>
        <p className={styles['empty']}>{t('empty')}</p>
      </section>
    )
  const facts = effectiveFacts(frame)
  const solution = solutions.get(frame.id) ?? null
  const failure = failures.get(frame.id) ?? null
  const busy = progress !== null
  const isSolving = progress?.request === 'solve'
  const series = current.lights.map(({ id }) => id)
  const ready = hints.place !== 'given' || hints.text.trim() !== ''
  const tryAgain = (change: Partial<SolveHintsChoice>): void => {
    changeHints(change)
    void solve([frame.id])
  }
  return (
    <section className={styles['panel']} aria-label={t('title')}>
      <header className={styles['head']}>
        <h2>{t('title')}</h2>
        <span>{frame.name}</span>
        <button type="button" className="chip" disabled={wcs === null} onClick={() => setCharting(true)}>
          {t('chart.open')}
        </button>
      </header>
      <ChartDialog
        key={frame.id}
        open={charting}
        onClose={() => setCharting(false)}
        current={current}
        exposure={frame}
      />
      <div className={styles['columns']} data-solved={solution !== null}>
        <div className={styles['main']}>
          {solution === null ? (
            <article className={styles['box']} aria-label={t('before.title')}>
              <h3>{t('before.title')}</h3>
              <p>{t('before.text')}</p>
            </article>
          ) : (
            <>
              <article className={styles['box']} aria-label={t('result')} data-solution={solution.id}>
                <header>
                  <h3>{t('result')}</h3>
                  <button
                    type="button"
                    className="chip"
                    onClick={() => store.getState().panels.open('image')}
                  >
                    {t('openPicture')}
                  </button>
                  <button
                    type="button"
                    className="chip"
                    disabled={!canWrite || busy}
                    onClick={() => void forget([frame.id])}
                  >
                    {t('forget')}
                  </button>
                </header>
                <SolutionFacts solution={solution} />
              </article>
              <Residuals key={solution.id} solution={solution} />
            </>
          )}
          {current.lights.length < 2 ? null : (
            <SeriesOverview
              frames={current.lights}
              solutions={solutions}
              failures={failures}
              selected={frame.id}
              onPick={store.getState().selection.openFrame}
            />
          )}
        </div>
        <div className={styles['side']}>
          <h3>{t('known.title')}</h3>
          <KnownPlace facts={facts} wcs={wcs} solution={solution} />
          {failure === null || isSolving ? null : (
            <RefusalCard failure={failure} hints={hints} busy={busy || !canWrite} onTry={tryAgain} />
          )}
          <h3>{t('form.title')}</h3>
          <HintsForm hints={hints} onChange={changeHints} />
          <div className={styles['actions']}>
            <button
              type="button"
              className="do"
              disabled={busy || !canWrite || !ready}
              onClick={() => void solve([frame.id])}
            >
              {t(solution === null ? 'solve' : 'solveAgain')}
            </button>
            {series.length < 2 ? null : (
              <button
                type="button"
                className="btn"
                disabled={busy || !canWrite || !ready}
                onClick={() => void solve(series)}
              >
                {t('solveSeries', { count: series.length })}
              </button>
            )}
          </div>
          {!isSolving ? null : (
            <div className={styles['progress']} role="status">
              <progress max={progress.total === 0 ? 1 : progress.total} value={progress.done} />
              <span>{t('progress', { done: Math.floor(progress.done), total: progress.total })}</span>
              <button type="button" className="chip" onClick={cancel}>
                {t('cancel')}
              </button>
            </div>
          )}
          {solution !== null ? null : (
            <Card tone="hint" title={t('predict.title')}>
              <p>{t('predict.text')}</p>
            </Card>
          )}
          <p className={styles['how']}>{t('how')}</p>
        </div>
      </div>
    </section>
  )
}
