import type { View } from '../view'
import { createCanvasPen } from './canvas-pen'
import { paintSky } from './paint-sky'
import { seeView } from './see-view'
import { DAY_SKY, NIGHT_SKY } from './sky-colours'
import type { SkyScene } from './sky-scene'

/** Draws a scene as a view has it, in CSS pixels of the context. Fetched when a picture first has a place on the sky. */
export const paintOnCanvas = (
  context: CanvasRenderingContext2D,
  scene: SkyScene,
  view: View,
  night: boolean,
): void => paintSky(createCanvasPen(context), scene, seeView(view), night ? NIGHT_SKY : DAY_SKY)
