import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { DroppedCatalogue } from '../../pipeline/catalogue/dropped-catalogue'
import type { CatalogueColumns } from '../../science/catalogue/guess-columns'
import { Modal } from '../kit/modal'
import modal from '../kit/modal.module.css'
import { ColumnChoice } from './column-choice'

interface CatalogueDialogProps {
  readonly catalogue: DroppedCatalogue
  readonly onClose: () => void
  readonly onChoose: (columns: CatalogueColumns) => void
}

const NOTHING: CatalogueColumns = {
  rightAscension: '',
  declination: '',
  hours: false,
  epoch: 2000,
  identifier: null,
  magnitudes: [],
  colour: null,
  motion: null,
}

/** The band that leads goes first; a column that was no band becomes one under its own name. */
const lead = (magnitudes: CatalogueColumns['magnitudes'], column: string | null) => {
  if (column === null) return []
  const chosen = magnitudes.find(({ magnitude }) => magnitude === column) ?? {
    name: column,
    magnitude: column,
    error: null,
  }
  return [chosen, ...magnitudes.filter((band) => band !== chosen)]
}

/** What the columns of a dropped table are, proposed by their names, for a person to confirm or to say otherwise. */
export const CatalogueDialog = ({ catalogue, onClose, onChoose }: CatalogueDialogProps) => {
  const { t } = useTranslation('catalogues')
  const [columns, setColumns] = useState(catalogue.chosen ?? NOTHING)
  const [east, setEast] = useState(columns.motion?.east ?? null)
  const [north, setNorth] = useState(columns.motion?.north ?? null)
  const [unit, setUnit] = useState(columns.motion?.unit ?? 'mas')
  const change = (part: Partial<CatalogueColumns>) => setColumns({ ...columns, ...part })
  const ready =
    columns.rightAscension !== '' &&
    columns.declination !== '' &&
    columns.epoch >= 1800 &&
    columns.epoch <= 2200
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (!ready) return
    onChoose({ ...columns, motion: east === null || north === null ? null : { east, north, unit } })
  }
  const choice = { names: catalogue.columns }
  return (
    <Modal open title={t('dialogTitle', { name: catalogue.name })} onClose={onClose}>
      <form onSubmit={save}>
        <p>{t('dialogText', { id: `table:${catalogue.id}` })}</p>
        {catalogue.confirmed ? null : <p>{t(catalogue.chosen === null ? 'nothing' : 'proposed')}</p>}
        <ColumnChoice
          {...choice}
          label={t('ra')}
          value={columns.rightAscension === '' ? null : columns.rightAscension}
          onChange={(name) => change({ rightAscension: name ?? '' })}
        />
        <ColumnChoice
          {...choice}
          label={t('dec')}
          value={columns.declination === '' ? null : columns.declination}
          onChange={(name) => change({ declination: name ?? '' })}
        />
        <label>
          {t('unit')}
          <select
            value={columns.hours ? 'hours' : 'degrees'}
            onChange={(event) => change({ hours: event.target.value === 'hours' })}
          >
            <option value="degrees">{t('degrees')}</option>
            <option value="hours">{t('hours')}</option>
          </select>
        </label>
        <label>
          {t('epoch')}
          <input
            type="number"
            min={1800}
            max={2200}
            step="any"
            value={columns.epoch}
            onChange={(event) => change({ epoch: event.target.valueAsNumber })}
          />
        </label>
        <ColumnChoice
          {...choice}
          label={t('leading')}
          value={columns.magnitudes[0]?.magnitude ?? null}
          onChange={(name) => change({ magnitudes: lead(columns.magnitudes, name) })}
        />
        {columns.magnitudes.length < 2 ? null : (
          <p>
            {t('otherBands', {
              names: columns.magnitudes
                .slice(1)
                .map(({ name }) => name)
                .join(', '),
            })}
          </p>
        )}
        <ColumnChoice
          {...choice}
          label={t('identifier')}
          value={columns.identifier}
          onChange={(identifier) => change({ identifier })}
        />
        <ColumnChoice {...choice} label={t('motionEast')} value={east} onChange={setEast} />
        <ColumnChoice {...choice} label={t('motionNorth')} value={north} onChange={setNorth} />
        {east === null || north === null ? null : (
          <label>
            {t('motionUnit')}
            <select
              value={unit}
              onChange={(event) => setUnit(event.target.value === 'arcsec' ? 'arcsec' : 'mas')}
            >
              <option value="mas">{t('mas')}</option>
              <option value="arcsec">{t('arcsec')}</option>
            </select>
          </label>
        )}
        <div className={modal['buttons']}>
          <button type="button" className="ghost" onClick={onClose}>
            {t('cancel')}
          </button>
          <button type="submit" className="do" disabled={!ready}>
            {t('use')}
          </button>
        </div>
      </form>
    </Modal>
  )
}
