import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { formatFixed } from './format-tick'
import type { LeftOut } from './scale-values'
import styles from './scatter-plot.module.css'

interface PlotNotesProps {
  readonly leftOut: LeftOut
  readonly selected: number
  readonly flagged: number
  readonly failed: boolean
}

/** How many points are selected, and how many cannot be seen and why. */
export const PlotNotes = memo(({ leftOut, selected, flagged, failed }: PlotNotesProps) => {
  const { t, i18n } = useTranslation('scatter')
  const say = (key: 'selected' | 'flagged' | 'valueless' | 'notPositive', count: number): string =>
    t(key, { count, shown: formatFixed(count, 0, i18n.language) })
  const notes = [
    ...(selected > 0 ? [say('selected', selected)] : []),
    ...(flagged > 0 ? [say('flagged', flagged)] : []),
    ...(leftOut.valueless > 0 ? [say('valueless', leftOut.valueless)] : []),
    ...(leftOut.notPositive > 0 ? [say('notPositive', leftOut.notPositive)] : []),
    ...(failed ? [t('exportFailed')] : []),
  ]
  return (
    <p className={styles['notes']} role="status">
      {notes.join(' · ')}
    </p>
  )
})
PlotNotes.displayName = 'PlotNotes'
