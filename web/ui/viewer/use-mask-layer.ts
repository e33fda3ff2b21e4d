import { useEffect, useLayoutEffect, useMemo, useState } from 'react'
import type { RefObject } from 'react'
import type { Point } from '../../core/image'
import { composeTransforms, type Transform } from '../../core/transform'
import type { MaskBit } from '../../core/pixel-mask'
import { makeMaskTable } from '../../render/mask-colours'
import type { MaskPicture } from '../../render/mask-tiles'
import { MaskRenderer } from '../../render/render-mask'
import type { View } from '../../render/view'

/** What is laid over a picture: its flags, and which of them are shown. */
export interface MaskLayer {
  readonly picture: MaskPicture
  readonly shown: readonly MaskBit[]
}

/** Any values of pixels that have colours of their own, laid over a picture. */
export interface ValueLayer {
  readonly picture: MaskPicture
  /** Colours by value, as 32-bit pixels of a canvas. */
  readonly colours: (night: boolean) => Uint32Array
  /** Pixels of the frame that is shown to those of the layer, where they are not the same. */
  readonly toPicture?: Transform
  /** What stands at a pixel of the frame, in words. */
  readonly nameAt?: (point: Point) => string
}

/** The flags of a picture as a layer. */
export const layFlags = ({ picture, shown }: MaskLayer): ValueLayer => ({
  picture,
  colours: (night) => makeMaskTable(shown, night),
})

const NO_COLOURS = new Uint32Array(256)

/** Keeps a canvas with the flags over the picture in `holder` and under its overlays; none where there is no mask. */
export const useMaskLayer = (
  holder: RefObject<HTMLElement | null>,
  mask: ValueLayer | null,
  view: View | null,
  night: boolean,
): MaskRenderer | null => {
  const [renderer, setRenderer] = useState<MaskRenderer | null>(null)
  const wanted = mask !== null
  useEffect(() => {
    const element = holder.current
    if (element === null || !wanted) return undefined
    const canvas = document.createElement('canvas')
    canvas.setAttribute('aria-hidden', 'true')
    canvas.dataset['layer'] = 'mask'
    // Over the canvases of the picture, under the marks.
    element.insertBefore(canvas, element.querySelector('svg'))
    const made = new MaskRenderer(canvas)
    setRenderer(made)
    return () => {
      setRenderer(null)
      made.destroy()
      canvas.remove()
    }
  }, [holder, wanted])
  const colours = mask?.colours
  const table = useMemo(() => colours?.(night) ?? NO_COLOURS, [colours, night])
  const toPicture = mask?.toPicture
  const picture = mask?.picture ?? null
  useLayoutEffect(() => {
    if (renderer === null || picture === null || view === null) return
    renderer.setMask(picture)
    renderer.setColours(table)
    renderer.setView(
      toPicture === undefined
        ? view
        : { ...view, frameTransform: composeTransforms(toPicture, view.frameTransform) },
    )
    renderer.draw()
  }, [renderer, picture, table, view, toPicture])
  return renderer
}
