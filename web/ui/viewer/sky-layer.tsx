import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Point } from '../../core/image'
import { degrees } from '../../core/units'
import { findMark } from '../../render/sky/find-mark'
import type { paintOnCanvas } from '../../render/sky/paint-on-canvas'
import type { SkyScene } from '../../render/sky/sky-scene'
import type { View } from '../../render/view'
import { formatDeclination, formatRightAscension } from '../../science/astrometry/sexagesimal'
import styles from './sky-layer.module.css'

interface SkyLayerProps {
  readonly scene: SkyScene
  readonly view: View
  /** Where the pointer is, CSS pixels; null when it is elsewhere. */
  readonly pointer: Point | null
  readonly night: boolean
}

/** What draws comes when there is something to draw; without it the picture stands alone. */
const usePainter = (): typeof paintOnCanvas | null => {
  const [painter, setPainter] = useState<{ readonly paint: typeof paintOnCanvas } | null>(null)
  useEffect(() => {
    let wanted = true
    import('../../render/sky/paint-on-canvas').then(
      ({ paintOnCanvas: paint }) => {
        if (wanted) setPainter({ paint })
      },
      () => undefined,
    )
    return () => {
      wanted = false
    }
  }, [])
  return painter?.paint ?? null
}

/** Beyond it the words stand on the other side of the mark. */
const WORDS_WIDE = 240

/** What is known of the sky, over its picture: drawn anew with every view. */
export const SkyLayer = ({ scene, view, pointer, night }: SkyLayerProps) => {
  const { t } = useTranslation('sky')
  const canvas = useRef<HTMLCanvasElement>(null)
  const { width, height } = view.screen
  const paint = usePainter()
  useLayoutEffect(() => {
    const element = canvas.current
    const context = element?.getContext('2d')
    if (element === null || context === null || context === undefined || paint === null) return
    const fine = globalThis.devicePixelRatio
    const [wide, high] = [Math.round(width * fine), Math.round(height * fine)]
    // A new size clears the canvas and costs as much as all the rest.
    if (element.width !== wide || element.height !== high) {
      element.width = wide
      element.height = high
    }
    context.setTransform(fine, 0, 0, fine, 0, 0)
    context.clearRect(0, 0, width, height)
    paint(context, scene, view, night)
  }, [paint, scene, view, width, height, night])
  const found = pointer === null ? null : findMark(scene.marks, pointer, view)
  const count = (kind: string): number => scene.marks.filter((mark) => mark.kind === kind).length
  return (
    <div className={styles['layer']}>
      <canvas
        ref={canvas}
        role="img"
        data-layer="sky"
        data-marks={scene.marks.length}
        aria-label={t('layer.summary', {
          matched: count('matched'),
          catalogue: count('catalogue') + count('missing') + count('matched'),
        })}
      />
      {found === null ? null : (
        <output
          className={styles['words']}
          aria-live="off"
          data-sky-mark={found.mark.kind}
          style={
            found.at.x + WORDS_WIDE > width
              ? { right: width - found.at.x + 16, top: found.at.y + 12 }
              : { left: found.at.x + 16, top: found.at.y + 12 }
          }
        >
          <b>{found.mark.name ?? t(`mark.${found.mark.kind}`)}</b>
          {found.mark.magnitude === null ? null : (
            <span>{t('mark.magnitude', { value: found.mark.magnitude.toFixed(2) })}</span>
          )}
          <span className="mono">
            {formatRightAscension(degrees(found.mark.rightAscension), 2)}{' '}
            {formatDeclination(degrees(found.mark.declination), 1)}
          </span>
        </output>
      )}
    </div>
  )
}
