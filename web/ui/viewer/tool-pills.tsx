import { useTranslation } from 'react-i18next'
import { fitView, oneToOne, zoomAt } from '../../render/view'
import type { ViewerTool } from './frame-viewer-props'
import styles from './frame-viewer.module.css'
import type { ChangeView } from './use-view'

interface ToolPillsProps {
  readonly tool: ViewerTool
  /** Pixels of a map can be marked. */
  readonly withPixels: boolean
  readonly onToolChange: ((tool: ViewerTool) => void) | undefined
  readonly changeView: ChangeView
}

const TOOLS: readonly ViewerTool[] = ['apertures', 'pan']
const PIXEL_TOOLS: readonly ViewerTool[] = ['apertures', 'pixels', 'pan']
export const ZOOM_STEP = 1.5

/** What a press on the picture does, and zoom for hands without wheel or keys. */
export const ToolPills = ({ tool, withPixels, onToolChange, changeView }: ToolPillsProps) => {
  const { t } = useTranslation('viewer')
  const zooms = [
    { key: 'out', sign: '−', act: () => changeView((view, image) => zoomAt(view, image, 1 / ZOOM_STEP)) },
    { key: 'in', sign: '+', act: () => changeView((view, image) => zoomAt(view, image, ZOOM_STEP)) },
    { key: 'fit', sign: '⤢', act: () => changeView(fitView) },
    { key: 'one', sign: '1:1', act: () => changeView((view, image) => oneToOne(view, image)) },
  ] as const
  return (
    <div className={styles['tools']}>
      <fieldset className={styles['group']} aria-label={t('tools.label')}>
        {(withPixels ? PIXEL_TOOLS : TOOLS).map((name) => (
          <button
            key={name}
            type="button"
            className={styles['pill']}
            data-tool={name}
            aria-pressed={tool === name}
            onClick={() => onToolChange?.(name)}
          >
            {t(`tools.${name}`)}
          </button>
        ))}
      </fieldset>
      <div className={`${styles['group']} ${styles['zoom']}`}>
        {zooms.map(({ key, sign, act }) => (
          <button
            key={key}
            type="button"
            className={styles['pill']}
            title={t(`zoom.${key}`)}
            aria-label={t(`zoom.${key}`)}
            onClick={act}
          >
            {sign}
          </button>
        ))}
      </div>
    </div>
  )
}
