import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newId } from '../../core/ids'
import type { ProjectRecord, TargetRecord } from '../../core/target'
import {
  listTargets,
  mergeTargets,
  nightsOfProject,
  ordersOfProject,
  type TargetSummary,
} from '../../pipeline/targets/list-targets'
import { groupNights } from '../../state/group-nights'
import { useApp, useAppStore } from '../kit/use-app'
import { ProjectDialog } from './project-dialog'
import { TargetCard } from './target-card'
import { TargetDialog } from './target-dialog'
import styles from './targets-panel.module.css'

const newTarget = (name: string): TargetRecord => ({
  id: newId('target'),
  name,
  rightAscension: null,
  declination: null,
  note: '',
  createdAt: Date.now(),
  aliases: [],
})

const newProject = (): ProjectRecord => ({
  id: newId('project'),
  name: '',
  note: '',
  targets: [],
  orders: [],
  createdAt: Date.now(),
  nights: [],
})

/** A target that only headers know is written down first, under the name that they give it. */
const recordOf = (target: TargetSummary): TargetRecord => target.record ?? newTarget(target.name)

/** The library of targets over all nights, and projects that gather some of them. */
export const TargetsPanel = () => {
  const { t } = useTranslation('targets')
  const store = useAppStore()
  const { exposures, curves } = useApp((state) => state.library)
  const {
    targets: records,
    projects,
    refresh,
    changeTargets,
    changeProjects,
  } = useApp((state) => state.targets)
  const orders = useApp((state) => state.orders.list)
  const [edited, setEdited] = useState<TargetRecord | null>(null)
  const [project, setProject] = useState<ProjectRecord | null>(null)
  useEffect(() => void refresh(), [refresh])
  const targets = useMemo(() => listTargets(exposures, curves, records), [exposures, curves, records])
  const openNight = (night: string, target: TargetSummary | null) => {
    const { panels, selection } = store.getState()
    const own = new Set(target?.frames)
    const found = groupNights(exposures).find(
      (group) =>
        group.night === night &&
        (target === null || group.groups.some(({ frames }) => frames.some((frame) => own.has(frame)))),
    )
    panels.open('image')
    if (found !== undefined) selection.openNight(found.key)
  }
  const openCurve = (id: string, target: TargetSummary) => {
    const { panels, selection } = store.getState()
    const frame = target.curves.find((curve) => curve.id === id)?.columns.frame[0]
    const night = groupNights(exposures).find(({ groups }) =>
      groups.some(({ frames }) => frames.includes(frame ?? '')),
    )
    if (night !== undefined) selection.openNight(night.key)
    selection.openCurve(id)
    panels.open('curve')
  }
  const merge = (from: TargetSummary, key: string) => {
    const into = targets.find((target) => target.key === key)
    if (into === undefined) return
    const merged = mergeTargets(recordOf(into), recordOf(from))
    const remove = from.record === null ? [] : [from.record.id]
    void changeTargets({ put: [merged], remove }, 'targetsMerged')
  }
  /** A project names targets by their records, so those that only headers know are written down with it. */
  const saveProject = async (next: ProjectRecord) => {
    setProject(null)
    const made = targets
      .filter(({ key, record }) => record === null && next.targets.includes(key))
      .map((target) => ({ key: target.key, record: recordOf(target) }))
    if (made.length > 0) await changeTargets({ put: made.map(({ record }) => record) }, 'targetSaved')
    const ids = next.targets.map((key) => made.find((each) => each.key === key)?.record.id ?? key)
    const all = listTargets(exposures, curves, [...records, ...made.map(({ record }) => record)])
    const complete = { ...next, targets: ids }
    const run = ordersOfProject(complete, all, exposures, orders).map(({ id }) => id)
    await changeProjects({ put: [{ ...complete, orders: run }] }, 'projectKept')
  }
  return (
    <section className={styles['panel']} aria-label={t('title')}>
      <header className={styles['head']}>
        <h2>{t('title')}</h2>
        <button type="button" className="ghost" onClick={() => setEdited(newTarget(''))}>
          {t('add')}
        </button>
      </header>
      {targets.length === 0 ? <p className={styles['empty']}>{t('empty')}</p> : null}
      <div className={styles['cards']}>
        {targets.map((target) => (
          <TargetCard
            key={target.key}
            target={target}
            others={targets.filter(({ key }) => key !== target.key)}
            onEdit={() => setEdited(recordOf(target))}
            onRemove={() => void changeTargets({ remove: [target.key] }, 'targetRemoved')}
            onMerge={(into) => merge(target, into)}
            onNight={(night) => openNight(night, target)}
            onCurve={(curve) => openCurve(curve, target)}
          />
        ))}
      </div>
      <header className={styles['head']}>
        <h2>{t('projects')}</h2>
        <button
          type="button"
          className="ghost"
          disabled={targets.length === 0}
          onClick={() => setProject(newProject())}
        >
          {t('addProject')}
        </button>
      </header>
      {projects.length === 0 ? <p className={styles['empty']}>{t('noProjects')}</p> : null}
      <div className={styles['cards']}>
        {projects.map((each) => {
          const own = targets.filter(({ key }) => each.targets.includes(key))
          const run = ordersOfProject(each, targets, exposures, orders)
          return (
            <article key={each.id} className={styles['card']} aria-label={each.name} data-written="true">
              <header>
                <h3>{each.name}</h3>
                <span>{own.map(({ name }) => name).join(', ')}</span>
              </header>
              {each.note === '' ? null : <p>{each.note}</p>}
              <p>
                {[
                  t('orders', { count: run.length }),
                  t('curves', {
                    count: new Set(own.flatMap((target) => target.curves.map(({ id }) => id))).size,
                  }),
                ].join(' · ')}
              </p>
              <div className={styles['chips']}>
                {nightsOfProject(each, targets).map((night) => (
                  <button
                    key={night}
                    type="button"
                    className="chip"
                    onClick={() => openNight(night, own.find(({ nights }) => nights.includes(night)) ?? null)}
                  >
                    {night}
                  </button>
                ))}
              </div>
              <div className={styles['actions']}>
                <button type="button" className="ghost" onClick={() => setProject(each)}>
                  {t('edit')}
                </button>
                <button
                  type="button"
                  className="ghost"
                  onClick={() => void changeProjects({ remove: [each.id] }, 'projectRemoved')}
                >
                  {t('remove')}
                </button>
              </div>
            </article>
          )
        })}
      </div>
      {edited === null ? null : (
        <TargetDialog
          key={edited.id}
          target={edited}
          onClose={() => setEdited(null)}
          onSave={(target) => {
            setEdited(null)
            void changeTargets({ put: [target] }, 'targetSaved')
          }}
        />
      )}
      {project === null ? null : (
        <ProjectDialog
          key={project.id}
          project={project}
          targets={targets}
          onClose={() => setProject(null)}
          onSave={(next) => void saveProject(next)}
        />
      )}
    </section>
  )
}
