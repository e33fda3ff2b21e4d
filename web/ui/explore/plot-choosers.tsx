import { useTranslation } from 'react-i18next'
import type { QueriedColumn } from '../../core/table-query'
import type { PlotChoice } from '../../state/settings-slice'
import { isMoment } from './format-cell'
import { listPlottable, putOnAxis } from './choose-plot-columns'
import styles from './plot-tab.module.css'

interface ChooserProps {
  readonly label: string
  readonly value: string | null
  readonly columns: readonly QueriedColumn[]
  /** What it is called to choose none; left out where a column is needed. */
  readonly none?: string
  readonly onChange: (name: string | null) => void
}

const Chooser = ({ label, value, columns, none, onChange }: ChooserProps) => (
  <label>
    <span>{label}</span>
    <select value={value ?? ''} onChange={(event) => onChange(event.target.value || null)}>
      {none === undefined ? null : <option value="">{none}</option>}
      {columns.map(({ name, description }) => (
        <option key={name} value={name} title={description}>
          {name}
        </option>
      ))}
    </select>
  </label>
)

interface PlotChoosersProps {
  readonly columns: readonly QueriedColumn[]
  readonly choice: PlotChoice
  readonly onChange: (choice: PlotChoice) => void
  readonly onReset: () => void
  readonly onTable: () => void
}

/** Which column lies along which axis, with its errors, and what colours the points. */
export const PlotChoosers = ({ columns, choice, onChange, onReset, onTable }: PlotChoosersProps) => {
  const { t } = useTranslation('explore')
  const plottable = listPlottable(columns)
  const numbers = plottable.filter(({ type }) => type === 'number')
  const isNumber = (name: string | null) =>
    numbers.some((column) => column.name === name && !isMoment(column))
  const axis = (which: 'x' | 'y') => {
    const upper = which === 'x' ? 'X' : 'Y'
    const [logarithmic, reversed, error] = [
      `logarithmic${upper}`,
      `reversed${upper}`,
      `error${upper}`,
    ] as const
    const name = choice[which]
    const isCount = choice.y === null && which === 'y'
    return (
      <div className={styles['axis']} role="group" aria-label={t(`plot.${which}Axis`)}>
        <Chooser
          label={which}
          value={name}
          columns={plottable}
          {...(which === 'y' ? { none: t('plot.count') } : {})}
          onChange={(next) => onChange(putOnAxis(columns, choice, which, next))}
        />
        {choice.y === null || !isNumber(name) ? null : (
          <Chooser
            label={t('plot.error')}
            value={choice[error]}
            columns={numbers}
            none={t('plot.none')}
            onChange={(next) => onChange({ ...choice, [error]: next })}
          />
        )}
        <button
          type="button"
          className="chip"
          aria-pressed={choice[logarithmic]}
          disabled={!isCount && !isNumber(name)}
          title={t('plot.logText')}
          onClick={() => onChange({ ...choice, [logarithmic]: !choice[logarithmic] })}
        >
          {t('plot.log')}
        </button>
        {isCount ? null : (
          <button
            type="button"
            className="chip"
            aria-pressed={choice[reversed]}
            aria-label={t('plot.reverse')}
            title={t('plot.reverseText')}
            onClick={() => onChange({ ...choice, [reversed]: !choice[reversed] })}
          >
            {which === 'x' ? '⇄' : '⇅'}
          </button>
        )}
      </div>
    )
  }
  return (
    <div className={styles['choosers']}>
      {axis('x')}
      {axis('y')}
      <div className={styles['axis']}>
        {choice.y === null ? null : (
          <Chooser
            label={t('plot.colour')}
            value={choice.colour}
            columns={plottable}
            none={t('plot.none')}
            onChange={(colour) => onChange({ ...choice, colour })}
          />
        )}
        <button
          type="button"
          className="chip"
          aria-pressed={choice.hideFlagged}
          onClick={() => onChange({ ...choice, hideFlagged: !choice.hideFlagged })}
        >
          {t('plot.hideFlagged')}
        </button>
      </div>
      <div className={styles['axis']}>
        <button type="button" className="chip" onClick={onReset}>
          {t('columns.reset')}
        </button>
        <button type="button" className="chip" onClick={onTable}>
          {t('plot.asTable')}
        </button>
      </div>
    </div>
  )
}
