import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProjectRecord } from '../../core/target'
import type { TargetSummary } from '../../pipeline/targets/list-targets'
import { NamedForm } from '../kit/named-form'
import styles from './targets-panel.module.css'

interface ProjectDialogProps {
  readonly project: ProjectRecord
  readonly targets: readonly TargetSummary[]
  readonly onClose: () => void
  readonly onSave: (project: ProjectRecord) => void
}

const toggle = (list: readonly string[], item: string, wanted: boolean): string[] =>
  wanted ? [...list, item] : list.filter((other) => other !== item)

/** What a project is: a name, a note, its targets, and the nights that count, all of them unless some are chosen. */
export const ProjectDialog = ({ project, targets, onClose, onSave }: ProjectDialogProps) => {
  const { t } = useTranslation('targets')
  const [name, setName] = useState(project.name)
  const [note, setNote] = useState(project.note)
  const [chosen, setChosen] = useState(project.targets)
  const [nights, setNights] = useState(project.nights ?? [])
  const there = [
    ...new Set(targets.flatMap((target) => (chosen.includes(target.key) ? target.nights : []))),
  ].toSorted((a, b) => a.localeCompare(b))
  return (
    <NamedForm
      title={t(project.name === '' ? 'addProjectTitle' : 'editTitle', { name: project.name })}
      name={name}
      onName={setName}
      note={{ text: note, onChange: setNote }}
      below={
        <>
          <fieldset className={styles['checks']}>
            <legend>{t('title')}</legend>
            {targets.map((target) => (
              <label key={target.key}>
                <input
                  type="checkbox"
                  checked={chosen.includes(target.key)}
                  onChange={(event) => setChosen(toggle(chosen, target.key, event.target.checked))}
                />
                {target.name}
              </label>
            ))}
          </fieldset>
          {there.length === 0 ? null : (
            <fieldset className={styles['checks']}>
              <legend>{t('onlyNights')}</legend>
              {there.map((night) => (
                <label key={night}>
                  <input
                    type="checkbox"
                    checked={nights.includes(night)}
                    onChange={(event) => setNights(toggle(nights, night, event.target.checked))}
                  />
                  {night}
                </label>
              ))}
            </fieldset>
          )}
        </>
      }
      onClose={onClose}
      onKeep={(named) =>
        onSave({
          ...project,
          ...named,
          targets: chosen,
          nights: nights.filter((night) => there.includes(night)),
        })
      }
    />
  )
}
