import type { ImageRenderer } from '../../render/image-renderer'
import type { SkyScene } from '../../render/sky/sky-scene'
import { pixelsOnScreen, toScreen } from '../../render/view'
import type { View } from '../../render/view'
import type { Overlay } from './overlay'

const DAY_COLOURS = { target: '#f6c15c', comparison: '#5fc3ea', check: '#58c99a' }
const NIGHT_COLOURS = { target: '#ff7a66', comparison: '#d0442e', check: '#b0382a' }

export interface ExportOptions {
  readonly renderer: ImageRenderer
  readonly view: View
  readonly overlays: readonly Overlay[]
  readonly night?: boolean
  /** What is known of the sky that the picture shows. */
  readonly scene?: SkyScene | null
  /** What lies between the picture and the apertures, of the same size in device pixels. */
  readonly layer?: HTMLCanvasElement | null
}

const paintOverlay = (
  context: CanvasRenderingContext2D,
  view: View,
  overlay: Overlay,
  colour: string,
): void => {
  const at = toScreen(view, overlay)
  const scale = pixelsOnScreen(view)
  const circle = (radius: number, dash: number[]): void => {
    context.setLineDash(dash)
    context.beginPath()
    context.arc(at.x, at.y, radius * scale, 0, 2 * Math.PI)
    context.stroke()
  }
  context.lineWidth = 1.6
  context.strokeStyle = colour
  circle(overlay.radius, [])
  circle(overlay.annulus[0], [3, 3])
  circle(overlay.annulus[1], [3, 3])
  context.setLineDash([])
  context.font = '650 13px "Inter Variable", Inter, system-ui, sans-serif'
  context.textBaseline = 'middle'
  context.lineJoin = 'round'
  const outside = overlay.annulus[1] * scale + 7
  const left = at.x + outside + context.measureText(overlay.label).width > view.screen.width
  context.textAlign = left ? 'right' : 'left'
  const x = left ? at.x - outside : at.x + outside
  context.lineWidth = 3
  context.strokeStyle = 'rgb(0 0 0 / 0.75)'
  context.strokeText(overlay.label, x, at.y)
  context.fillStyle = colour
  context.fillText(overlay.label, x, at.y)
}

/** A PNG of what is seen, in device pixels: the picture as its renderer draws it, and the apertures over it. */
export const exportViewPng = async ({
  renderer,
  view,
  overlays,
  night = false,
  scene = null,
  layer = null,
}: ExportOptions): Promise<Blob> => {
  const picture = await createImageBitmap(await renderer.readPng())
  const canvas = document.createElement('canvas')
  canvas.width = picture.width
  canvas.height = picture.height
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('this browser gives no 2-D canvas')
  context.drawImage(picture, 0, 0)
  picture.close()
  if (layer !== null) context.drawImage(layer, 0, 0, canvas.width, canvas.height)
  context.scale(canvas.width / view.screen.width, canvas.height / view.screen.height)
  if (scene !== null) {
    const { paintOnCanvas } = await import('../../render/sky/paint-on-canvas')
    paintOnCanvas(context, scene, view, night)
  }
  const colours = night ? NIGHT_COLOURS : DAY_COLOURS
  for (const overlay of overlays) paintOverlay(context, view, overlay, colours[overlay.role])
  return await new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error('the canvas gave no picture'))
      else resolve(blob)
    }, 'image/png')
  })
}
