import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Image } from '../../core/image'
import { COLORMAPS } from '../../render/colormaps'
import { findExtremes, findPercentileCuts, findZscaleCuts } from '../../render/cuts'
import type { Cuts } from '../../render/cuts'
import { buildHistogram } from '../../render/histogram'
import type { DisplaySettings } from '../../render/image-renderer'
import { STRETCHES } from '../../render/stretch'
import styles from './display-panel.module.css'
import { HistogramPlot } from './histogram-plot'

export interface DisplayPanelProps {
  readonly image: Image | null
  readonly display: DisplaySettings
  readonly onDisplayChange: (display: DisplaySettings) => void
}

const BINS = 96
/** What people call the 99.5 % cuts. */
const MIDDLE_PERCENT = 99.5

const CUTS: readonly {
  readonly name: 'zscale' | 'percentile' | 'extremes'
  readonly find: (data: Float32Array) => Cuts
}[] = [
  { name: 'zscale', find: findZscaleCuts },
  { name: 'percentile', find: (data) => findPercentileCuts(data, MIDDLE_PERCENT) },
  { name: 'extremes', find: findExtremes },
]

/** How values become brightness: histogram with the cuts to drag, stretch, colours. */
export const DisplayPanel = ({ image, display, onDisplayChange }: DisplayPanelProps) => {
  const { t } = useTranslation('viewer')
  const data = image?.data
  const histogram = useMemo(() => (data === undefined ? null : buildHistogram(data, BINS)), [data])
  const change = (part: Partial<DisplaySettings>): void => onDisplayChange({ ...display, ...part })
  return (
    <section className={styles['panel']} aria-label={t('display.title')}>
      {histogram === null ? (
        <p className={styles['nothing']}>{t('display.nothing')}</p>
      ) : (
        <HistogramPlot histogram={histogram} display={display} onCuts={change} />
      )}
      <fieldset className={styles['cuts']} aria-label={t('display.cuts')}>
        {CUTS.map(({ name, find }) => (
          <button
            key={name}
            type="button"
            className={styles['button']}
            title={t(`display.${name}Hint`)}
            disabled={data === undefined}
            onClick={() => data !== undefined && change(find(data))}
          >
            {t(`display.${name}`)}
          </button>
        ))}
        <button
          type="button"
          className={styles['button']}
          aria-pressed={display.invert}
          onClick={() => change({ invert: !display.invert })}
        >
          {t('display.invert')}
        </button>
      </fieldset>
      <label className={styles['row']}>
        <span>{t('display.stretch')}</span>
        <select
          value={display.stretch}
          onChange={({ target }) => {
            const stretch = STRETCHES.find((name) => name === target.value)
            if (stretch !== undefined) change({ stretch })
          }}
        >
          {STRETCHES.map((name) => (
            <option key={name} value={name}>
              {t(`stretch.${name}`)}
            </option>
          ))}
        </select>
      </label>
      <label className={styles['row']}>
        <span>{t('display.colours')}</span>
        <select
          value={display.colormap}
          onChange={({ target }) => {
            const colormap = COLORMAPS.find((name) => name === target.value)
            if (colormap !== undefined) change({ colormap })
          }}
        >
          {COLORMAPS.map((name) => (
            <option key={name} value={name}>
              {t(`colours.${name}`)}
            </option>
          ))}
        </select>
      </label>
    </section>
  )
}
