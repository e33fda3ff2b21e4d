import { memo, useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import type { PointsPicture } from './draw-points'
import type { PlotMap } from './plot-map'
import { layPicture, paintPoints, type PointsScene } from './points-picture'
import type { PlotArea } from './scatter-types'
import styles from './scatter-plot.module.css'

const watchRatio = (changed: () => void): (() => void) => {
  const query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`)
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}

/** Pixels of the screen to a CSS pixel: a window may be moved to another screen, or the page zoomed. */
const useRatio = (): number => useSyncExternalStore(watchRatio, () => devicePixelRatio)

interface PointsCanvasProps {
  readonly scene: PointsScene
  readonly map: PlotMap
  readonly area: PlotArea
}

/** The points, drawn with each frame in which something about them or the view changed. */
export const PointsCanvas = memo(({ scene, map, area }: PointsCanvasProps) => {
  const canvas = useRef<HTMLCanvasElement>(null)
  const picture = useRef<PointsPicture | null>(null)
  const ratio = useRatio()
  const { left, top, width, height } = area
  useLayoutEffect(() => {
    if (canvas.current === null) return
    picture.current = paintPoints(scene, map, { width, height, ratio }, picture.current)
    layPicture(picture.current, canvas.current)
  }, [scene, map, width, height, ratio])
  return <canvas ref={canvas} className={styles['points']} style={{ left, top, width, height }} aria-hidden />
})
PointsCanvas.displayName = 'PointsCanvas'
