import { useEffect, useLayoutEffect, useState } from 'react'
import type { RefObject } from 'react'
import type { Picture } from '../../render/colour-picture'
import type { DisplaySettings, ImageRenderer } from '../../render/image-renderer'
import { selectRenderer } from '../../render/select-renderer'
import type { View } from '../../render/view'

interface RendererInput {
  readonly image: Picture | null
  readonly display: DisplaySettings
  readonly view: View | null
}

/** Keeps the picture inside `holder` up to date: one renderer for the life of the viewer. */
export const useImageRenderer = (
  holder: RefObject<HTMLElement | null>,
  { image, display, view }: RendererInput,
): ImageRenderer | null => {
  const [renderer, setRenderer] = useState<ImageRenderer | null>(null)

  useEffect(() => {
    const element = holder.current
    if (element === null) return undefined
    const selected = selectRenderer(element)
    setRenderer(selected)
    return () => {
      setRenderer(null)
      selected.destroy()
    }
  }, [holder])

  useLayoutEffect(() => {
    if (renderer === null || image === null || view === null) return
    renderer.setImage(image)
    renderer.setDisplay(display)
    renderer.setView(view)
    renderer.draw()
  }, [renderer, image, display, view])

  return renderer
}
