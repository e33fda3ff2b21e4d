import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { DragMode, SelectMode } from './scatter-types'
import styles from './scatter-plot.module.css'

const DRAG_MODES = ['pan', 'box', 'lasso'] as const
const SELECT_MODES = ['set', 'add', 'remove'] as const

interface PlotToolbarProps {
  readonly mode: DragMode
  readonly onMode: (mode: DragMode) => void
  /** A histogram has no lasso: its regions are ranges. */
  readonly lasso: boolean
  readonly selectMode: SelectMode
  readonly onSelectMode: (mode: SelectMode) => void
  readonly moved: boolean
  readonly onReset: () => void
  readonly onExport: (format: 'svg' | 'png') => void
  readonly onExportCsv: (() => void) | undefined
}

/** What a drag does, what a selection does to the one before, and the files. */
export const PlotToolbar = memo((props: PlotToolbarProps) => {
  const { t } = useTranslation('scatter')
  const { mode, selectMode } = props
  const modes = DRAG_MODES.filter((each) => each !== 'lasso' || props.lasso)
  return (
    <div className={styles['toolbar']} role="toolbar" aria-label={t('tools')}>
      <div className={styles['group']} role="group" aria-label={t('drag')}>
        {modes.map((each) => (
          <button
            key={each}
            type="button"
            className="chip"
            aria-pressed={mode === each}
            title={t(`modeHint.${each}`)}
            onClick={() => props.onMode(each)}
          >
            {t(`mode.${each}`)}
          </button>
        ))}
      </div>
      {mode === 'pan' ? null : (
        <div className={styles['group']} role="group" aria-label={t('selection')}>
          {SELECT_MODES.map((each) => (
            <button
              key={each}
              type="button"
              className="chip"
              aria-pressed={selectMode === each}
              title={t(`selectHint.${each}`)}
              onClick={() => props.onSelectMode(each)}
            >
              {t(`select.${each}`)}
            </button>
          ))}
        </div>
      )}
      <button type="button" className="chip" disabled={!props.moved} onClick={props.onReset}>
        {t('showAll')}
      </button>
      <span className={styles['space']} />
      <button type="button" className="chip" onClick={() => props.onExport('svg')}>
        SVG
      </button>
      <button type="button" className="chip" onClick={() => props.onExport('png')}>
        PNG
      </button>
      {props.onExportCsv === undefined ? null : (
        <button type="button" className="chip" onClick={props.onExportCsv}>
          CSV
        </button>
      )}
    </div>
  )
})
PlotToolbar.displayName = 'PlotToolbar'
