import { useMemo, useState } from 'react'
import type { CameraIdentity, CameraReportRecord } from '../../core/camera-report'
import { listCameraSets } from '../../pipeline/camera/camera-sets'
import { useApp } from '../kit/use-app'
import { CameraReport } from './camera-report'
import { LabChoices, type LabWish } from './lab-choices'
import { useLabWords } from './use-lab-words'
import styles from './camera-lab.module.css'

const ANYTHING: LabWish = { region: null, filter: null, temperature: null }

const isSameCamera = (a: CameraIdentity, b: CameraIdentity): boolean =>
  a.telescope.toLowerCase() === b.telescope.toLowerCase() &&
  a.instrument.toLowerCase() === b.instrument.toLowerCase() &&
  a.binning.join() === b.binning.join() &&
  a.width === b.width &&
  a.height === b.height &&
  a.gainSetting === b.gainSetting

/** The camera lab: from the bias, dark and flat frames of a camera to what it is like. */
export const CameraLabPanel = () => {
  const words = useLabWords()
  const { t, language, camera } = words
  const exposures = useApp((state) => state.library.exposures)
  const reports = useApp((state) => state.library.cameras)
  const canWrite = useApp((state) => state.library.canWrite)
  const submit = useApp((state) => state.orders.submit)
  const cancel = useApp((state) => state.orders.cancel)
  const progress = useApp((state) => state.orders.progress)
  const [chosen, setChosen] = useState<string | null>(null)
  const [wish, setWish] = useState<LabWish>(ANYTHING)
  const shown = useApp((state) => state.selection.cameraReport)
  const setShown = useApp((state) => state.selection.openCameraReport)
  const sets = useMemo(() => listCameraSets(exposures), [exposures])
  const opened = reports.find(({ id }) => id === shown)
  const set =
    sets.find(({ key }) => key === chosen) ??
    sets.find(({ camera: each }) => opened !== undefined && isSameCamera(each, opened.camera)) ??
    sets[0]
  // Frames may have left the workspace and their reports stayed.
  const own = set === undefined ? reports : reports.filter((each) => isSameCamera(each.camera, set.camera))
  const report = own.find(({ id }) => id === shown) ?? own.at(-1)
  const running = progress?.request === 'characterise_camera' ? progress : null

  const measure = async () => {
    if (set === undefined) return
    const { region, filter, temperature } = wish
    const result = await submit({
      request: 'characterise_camera',
      frames: Object.values(set.frames).flatMap((frames) => frames.map(({ id }) => id)),
      parameters: {
        ...(region === null ? {} : { region }),
        ...(filter === null ? {} : { filter }),
        ...(temperature === null ? {} : { temperature }),
      },
    })
    const made = result?.result['report']
    if (typeof made === 'string') setShown(made)
  }
  const nameReport = ({ region, filters, createdAt, camera: of }: CameraReportRecord): string =>
    [
      new Date(createdAt).toLocaleString(language, { dateStyle: 'short', timeStyle: 'short' }),
      ...(set === undefined ? [camera(of)] : []),
      `${region.width}×${region.height}`,
      ...filters,
    ].join(' · ')
  return (
    <section className={styles['panel']} aria-label={t('title')}>
      <header className={styles['head']}>
        <h2>{t('title')}</h2>
        {set === undefined ? null : (
          <button
            type="button"
            className="do"
            disabled={progress !== null || !canWrite}
            onClick={() => void measure()}
          >
            {t('measure')}
          </button>
        )}
        {running === null ? null : (
          <>
            <span role="status">{t('running', { done: running.done, total: running.total })}</span>
            <button type="button" className="chip" onClick={cancel}>
              {t('shell:foot.cancel')}
            </button>
          </>
        )}
        {own.length < 2 || report === undefined ? null : (
          <label>
            {t('report')}
            <select value={report.id} onChange={(event) => setShown(event.target.value)}>
              {own.toReversed().map((each) => (
                <option key={each.id} value={each.id}>
                  {nameReport(each)}
                </option>
              ))}
            </select>
          </label>
        )}
      </header>
      {set === undefined ? (
        <p className={styles['empty']}>{t('empty')}</p>
      ) : (
        <LabChoices
          key={set.key}
          sets={sets}
          set={set}
          wish={wish}
          words={words}
          onSet={(key) => {
            setChosen(key)
            setWish(ANYTHING)
            setShown(null)
          }}
          onWish={setWish}
        />
      )}
      {report === undefined ? (
        set === undefined ? null : (
          <p className={styles['empty']}>{t('nothingYet')}</p>
        )
      ) : (
        <CameraReport report={report} words={words} />
      )}
    </section>
  )
}
