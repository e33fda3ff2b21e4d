import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { formatFixed } from './format-tick'
import { lookOfClass } from './point-looks'
import { outlinePoint, POINT_SHAPES } from './point-shapes'
import { writeColour, type PlotTheme } from './plot-theme'
import { OTHERS, type PointClass } from './rank-classes'
import styles from './scatter-plot.module.css'

interface ClassLegendProps {
  readonly label: string
  readonly classes: readonly PointClass[]
  readonly hidden: ReadonlySet<string>
  readonly theme: PlotTheme
  readonly onToggle: (name: string) => void
}

/** The classes with their colour, shape and number; each is a switch that hides its points. */
export const ClassLegend = memo(({ label, classes, hidden, theme, onToggle }: ClassLegendProps) => {
  const { t, i18n } = useTranslation('scatter')
  return (
    <div className={styles['legend']} role="group" aria-label={t('legend', { label })}>
      <span className={styles['legendName']}>{label}</span>
      {classes.map((each) => {
        const { colour, shape } = lookOfClass(each, theme)
        const name =
          each.name === OTHERS ? t('others', { count: each.codes.length }) : each.name || t('empty')
        return (
          <button
            key={each.name}
            type="button"
            aria-pressed={!hidden.has(each.name)}
            title={t('toggleClass')}
            onClick={() => onToggle(each.name)}
          >
            <svg viewBox="-8 -8 16 16" aria-hidden>
              <path d={outlinePoint(POINT_SHAPES[shape] ?? 'circle', 0, 0, 4.6)} fill={writeColour(colour)} />
            </svg>
            <span>{name}</span>
            <small>{formatFixed(each.count, 0, i18n.language)}</small>
          </button>
        )
      })}
    </div>
  )
})
ClassLegend.displayName = 'ClassLegend'
