import { useEffect, useMemo, useState } from 'react'
import { effectiveFacts } from '../../core/frame'
import type { MasterRecord } from '../../core/master'
import { withDefaults } from '../../pipeline/calibration/choices'
import { timeOfMaster } from '../../pipeline/masters/earlier-master'
import { findTrends } from '../../pipeline/masters/find-trends'
import { chooseMaster } from '../../pipeline/match-masters'
import type { CurrentNight } from '../../state/current-night'
import { openProvenance } from '../../state/open-provenance'
import { MasterFacts } from '../inspector/master-facts'
import { useApp, useAppStore, useStudio } from '../kit/use-app'
import { MapChoice } from './map-choice'
import { MasterQualityFacts } from './master-quality-facts'
import { MasterVerdicts } from './master-verdicts'
import { MastersTimeline } from './masters-timeline'
import { NumberField } from './number-field'
import { TrendPlot } from './trend-plot'
import { useCandidates } from './use-candidates'
import { useMasterWords } from './use-master-words'
import styles from './masters-panel.module.css'

const KINDS = ['master-bias', 'master-dark', 'master-flat'] as const

/** The night of a light on the axis of masters: to half a day, as masters without a time are. */
const nightTime = (night: string): number | null => {
  const midnight = Date.parse(night.slice(0, 10))
  return Number.isNaN(midnight) ? null : midnight / 86_400_000 + 2_440_588.5
}

/** Old masters are measured as soon as somebody asks what they say. */
const useMeasuring = (masters: readonly MasterRecord[]): boolean => {
  const studio = useStudio()
  const tellError = useApp((state) => state.notices.tellError)
  const [measuring, setMeasuring] = useState(false)
  // Another night may have come between two flats that were compared, so it is asked whenever masters come or go.
  const count = masters.length
  useEffect(() => {
    if (count === 0) return
    let wanted = true
    setMeasuring(true)
    studio
      .measureMasters()
      .catch(tellError)
      .finally(() => {
        if (wanted) setMeasuring(false)
      })
    return () => {
      wanted = false
    }
  }, [studio, count, tellError])
  return measuring
}

/** The calibration library: masters of all nights, what a light would get of them and why, and how the camera changed. */
export const MastersPanel = ({ current }: { readonly current: CurrentNight }) => {
  const { t, describe } = useMasterWords()
  const store = useAppStore()
  const { masters, exposures } = useApp((state) => state.library)
  const { choices, change } = useApp((state) => state.calibration)
  const { maxMasterAgeDays, temperatureTolerance } = withDefaults(choices)
  const chosenMap = useApp((state) => state.stars.masters['bad-pixels'])
  const chooseForLights = useApp((state) => state.stars.chooseMaster)
  const openFrame = useApp((state) => state.selection.frame)
  const [lightId, setLightId] = useState<string | null>(null)
  const [selected, setSelected] = useState<string | null>(null)
  const measuring = useMeasuring(masters)
  const candidates = useCandidates(exposures, masters)
  const trends = useMemo(() => findTrends(masters), [masters])
  const groups = current.nights.flatMap((night) =>
    night.groups
      .filter(({ kind }) => kind === 'light')
      .map((group) => ({
        frame: group.frames[0] ?? '',
        frames: group.frames,
        label: [
          night.night,
          night.objects[0],
          group.filter,
          group.exposure === null ? null : `${group.exposure} s`,
        ]
          .filter((part) => part != null && part !== '')
          .join(' · '),
      })),
  )
  const group =
    groups.find(({ frame }) => frame === lightId) ??
    groups.find(({ frames }) => frames.includes(openFrame ?? current.lights[0]?.id ?? '')) ??
    groups[0]
  const light = exposures.find(({ id }) => id === group?.frame) ?? null
  const time = light === null ? null : nightTime(effectiveFacts(light).night)
  // Maps are not chosen by such rules: what counts is which the light was calibrated with, or will be.
  const made = light === null ? undefined : current.calibrated.get(light.id)?.calibration
  const maps = [chosenMap ?? made?.badPixels?.map, made?.sky?.fringe]
  const taken = new Set([
    ...(light === null || candidates === null
      ? []
      : KINDS.flatMap((kind) => chooseMaster(light, kind, candidates.list, candidates.options).master ?? [])),
    ...maps.flatMap((id) => id ?? []),
  ])
  const master = masters.find(({ id }) => id === selected) ?? null
  const open = (id: string) => {
    store.getState().panels.open('image')
    store.getState().selection.openMaster(id)
  }
  const days =
    light === null || master === null || time === null
      ? null
      : Math.round(Math.abs((timeOfMaster(master) ?? time) - time))
  return (
    <section className={styles['panel']} aria-label={t('title')}>
      <header className={styles['head']}>
        <h2>{t('title')}</h2>
        <NumberField
          label={t('limit')}
          most={36_500}
          value={maxMasterAgeDays}
          onChange={(days) => change({ maxMasterAgeDays: days })}
        />
        <NumberField
          label={t('tolerance')}
          most={100}
          value={temperatureTolerance}
          onChange={(degrees) => change({ temperatureTolerance: degrees })}
        />
        {groups.length === 0 ? null : (
          <label>
            {t('forLight')}
            <select value={group?.frame ?? ''} onChange={(event) => setLightId(event.target.value)}>
              {groups.map(({ frame, label }) => (
                <option key={frame} value={frame}>
                  {label}
                </option>
              ))}
            </select>
          </label>
        )}
        <button type="button" className="chip" onClick={() => store.getState().panels.open('camera')}>
          {t('cameraLab')}
        </button>
        <span role="status">{measuring ? t('measuring') : ''}</span>
      </header>
      {masters.length === 0 ? <p className={styles['empty']}>{t('empty')}</p> : null}
      {masters.length === 0 ? null : (
        <MastersTimeline
          masters={masters}
          selected={selected}
          taken={taken}
          light={time === null ? null : { time, days: maxMasterAgeDays }}
          onSelect={setSelected}
        />
      )}
      <div className={styles['columns']}>
        {light === null || candidates === null ? null : (
          <div className={styles['card']}>
            <MasterVerdicts
              light={light}
              candidates={candidates.list}
              options={candidates.options}
              stored={masters}
              onSelect={setSelected}
              onChoose={chooseForLights}
            />
          </div>
        )}
        {master === null ? null : (
          <div className={styles['card']}>
            <MasterFacts master={master} onProvenance={() => openProvenance(store, master.id)} />
            {master.kind === 'master-bad-pixels' ? <MapChoice map={master.id} /> : null}
            <MasterQualityFacts
              master={master}
              days={days}
              before={
                masters.find(({ id }) => id === (master.quality?.ratio ?? master.quality?.change)?.to) ?? null
              }
              onOpen={() => open(master.id)}
              onMap={(before) => open(`${master.id}/${before}`)}
            />
          </div>
        )}
      </div>
      {trends.length === 0 ? null : <h2 className={styles['heading']}>{t('trends')}</h2>}
      <div className={styles['trends']}>
        {trends.map((series) => (
          <TrendPlot
            key={`${series.quantity} ${describe(series.example)} ${series.points[0]?.master}`}
            series={series}
            selected={selected}
            onSelect={setSelected}
            onMap={(flat, before) => open(`${flat}/${before}`)}
          />
        ))}
      </div>
    </section>
  )
}
