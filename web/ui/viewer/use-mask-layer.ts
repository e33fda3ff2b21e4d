import { useEffect, useLayoutEffect, useMemo, useState } from 'react'
import type { RefObject } from 'react'
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

/** Keeps a canvas with the flags over the picture in `holder` and under its overlays; none where there is no mask. */
export const useMaskLayer = (
  holder: RefObject<HTMLElement | null>,
  mask: MaskLayer | null,
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
  const shown = mask?.shown
  const table = useMemo(() => makeMaskTable(shown ?? [], night), [shown, night])
  const picture = mask?.picture ?? null
  useLayoutEffect(() => {
    if (renderer === null || picture === null || view === null) return
    renderer.setMask(picture)
    renderer.setColours(table)
    renderer.setView(view)
    renderer.draw()
  }, [renderer, picture, table, view])
  return renderer
}
