import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProjectRecord } from '../../core/target'
import type { TargetSummary } from '../../pipeline/targets/list-targets'
import { Modal } from '../kit/modal'
import modal from '../kit/modal.module.css'
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
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '') return
    onSave({
      ...project,
      name: name.trim(),
      note: note.trim(),
      targets: chosen,
      nights: nights.filter((night) => there.includes(night)),
    })
  }
  return (
    <Modal
      open
      title={t(project.name === '' ? 'addProjectTitle' : 'editTitle', { name: project.name })}
      onClose={onClose}
    >
      <form onSubmit={save}>
        <label>
          {t('name')}
          <input
            type="text"
            required
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <label data-stacked>
          {t('note')}
          <textarea rows={3} value={note} onChange={(event) => setNote(event.target.value)} />
        </label>
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
        <div className={modal['buttons']}>
          <button type="button" className="ghost" onClick={onClose}>
            {t('cancel')}
          </button>
          <button type="submit" className="do" disabled={name.trim() === ''}>
            {t('keep')}
          </button>
        </div>
      </form>
    </Modal>
  )
}
