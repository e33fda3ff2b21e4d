import { useTranslation } from 'react-i18next'
import type { Image, Point } from '../../core/image'
import { describeMask, type MaskBit } from '../../core/pixel-mask'
import type { MaskPicture } from '../../render/mask-tiles'
import { STRETCHES } from '../../render/stretch'
import type { DisplaySettings } from '../../render/image-renderer'
import { formatValue, formatZoom } from './format-value'
import styles from './frame-viewer.module.css'

interface ReadoutProps {
  readonly image: Image
  /** Where the pointer is, in pixels of the frame; null when it is elsewhere. */
  readonly at: Point | null
  readonly unit: string
  readonly mask: MaskPicture | null
  readonly categorical: boolean
  /** What stands at a place, in words. */
  readonly nameAt: ((point: Point) => string) | undefined
  readonly skyAt: ((point: Point) => string) | undefined
  readonly display: DisplaySettings
  readonly onDisplayChange: ((display: DisplaySettings) => void) | undefined
  readonly scale: number
  readonly blinking: boolean
}

/** The flags of the pixel at a place, by name. */
const flagsAt = (mask: MaskPicture | null, point: Point): readonly MaskBit[] => {
  const [x, y] = [Math.round(point.x), Math.round(point.y)]
  if (mask === null || x < 0 || y < 0 || x >= mask.width || y >= mask.height) return []
  return describeMask(mask.data[y * mask.width + x] ?? 0)
}

const valueAt = (image: Image, point: Point): number | null => {
  const [x, y] = [Math.round(point.x), Math.round(point.y)]
  if (x < 0 || y < 0 || x >= image.width || y >= image.height) return null
  return image.data[y * image.width + x] ?? null
}

/** What is under the pointer, and how the picture is shown. */
export const Readout = (props: ReadoutProps) => {
  const { image, at, unit, mask, nameAt, categorical, skyAt, display, onDisplayChange, scale, blinking } =
    props
  const { t } = useTranslation('viewer')
  const value = at === null ? null : valueAt(image, at)
  const flags = at === null ? [] : flagsAt(mask, at)
  const name = at === null || value === null ? '' : (nameAt?.(at) ?? '')
  const cuts = `${t(`stretch.${display.stretch}`)} · ${formatValue(display.low)} – ${formatValue(display.high)}`
  const next = STRETCHES[(STRETCHES.indexOf(display.stretch) + 1) % STRETCHES.length] ?? 'linear'
  const sky = at === null || value === null ? undefined : skyAt?.(at)
  return (
    <div className={styles['hud']}>
      {at !== null && value !== null && (
        <output className={styles['pill']} data-readout="position" aria-live="off">
          <span className={styles['number']}>x {at.x.toFixed(1)}</span>
          <span className={styles['number']}>y {at.y.toFixed(1)}</span>
          {categorical ? null : (
            <span>{Number.isNaN(value) ? t('readout.blank') : `${formatValue(value)} ${unit}`}</span>
          )}
        </output>
      )}
      {flags.length === 0 ? null : (
        <span className={styles['pill']} data-readout="flags">
          {flags.map((flag) => t(`mask.bit.${flag}`)).join(' · ')}
        </span>
      )}
      {name === '' ? null : (
        <span className={styles['pill']} data-readout="name">
          {name}
        </span>
      )}
      {sky !== undefined && sky !== '' && <span className={styles['pill']}>{sky}</span>}
      {categorical ? null : onDisplayChange === undefined ? (
        <span className={styles['pill']}>{cuts}</span>
      ) : (
        <button
          type="button"
          className={styles['pill']}
          title={t('readout.cuts')}
          onClick={() => onDisplayChange({ ...display, stretch: next })}
        >
          {cuts}
        </button>
      )}
      <span className={styles['pill']} data-readout="zoom">
        {formatZoom(scale)}
      </span>
      {blinking && (
        <span className={styles['pill']} data-blinking="">
          {t('readout.blinking')}
        </span>
      )}
    </div>
  )
}
