import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { IDENTITY_TRANSFORM } from '../../core/transform'
import type { Transform } from '../../core/transform'
import { createView, fitView, isFitted, resizeView } from '../../render/view'
import type { RowZeroAt, Size, View } from '../../render/view'

export type ChangeView = (change: (view: View, image: Size) => View) => void

interface ViewControl {
  /** Null until the stage has a size and there is an image. */
  readonly view: View | null
  readonly changeView: ChangeView
}

interface ViewOptions {
  readonly stage: RefObject<HTMLElement | null>
  readonly image: Size | null
  readonly rowZeroAt: RowZeroAt
  readonly frameTransform: Transform | undefined
}

const useScreen = (stage: RefObject<HTMLElement | null>): Size | null => {
  const [screen, setScreen] = useState<Size | null>(null)
  useEffect(() => {
    const element = stage.current
    if (element === null) return undefined
    const measure = (): void => {
      const { clientWidth: width, clientHeight: height } = element
      if (width > 0 && height > 0) setScreen({ width, height })
    }
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    measure()
    return () => observer.disconnect()
  }, [stage])
  return screen
}

/** What was known when the view was last settled: a change of any of it asks for a new view. */
interface Settled {
  readonly view: View
  readonly image: Size
}

/** How many pixels of the second image make one of the first, where it is the same picture in finer pixels. */
const findStep = (coarse: Size, fine: Size): number | null => {
  const step = 2 ** Math.ceil(Math.log2(fine.width / coarse.width))
  const fits =
    Math.ceil(fine.width / step) === coarse.width && Math.ceil(fine.height / step) === coarse.height
  return step > 1 && fits ? step : null
}

/** Looks at the same place of the same picture in finer pixels: positions are of their centres. */
const refineView = (view: View, step: number): View => ({
  ...view,
  center: { x: (view.center.x + 0.5) * step - 0.5, y: (view.center.y + 0.5) * step - 0.5 },
  scale: view.scale / step,
})

const settle = (before: Settled | null, image: Size, screen: Size, rowZeroAt: RowZeroAt): Settled => {
  const sameImage = before?.image.width === image.width && before.image.height === image.height
  if (before === null) return { view: fitView(createView(screen, rowZeroAt), image), image }
  const { view } = before
  if (!sameImage) {
    const step = findStep(before.image, image)
    return step === null || isFitted(view, before.image)
      ? { view: fitView(createView(screen, rowZeroAt), image), image }
      : { view: refineView(view, step), image }
  }
  const sameScreen = view.screen.width === screen.width && view.screen.height === screen.height
  if (sameScreen && view.rowZeroAt === rowZeroAt) return before
  const turned = { ...view, rowZeroAt }
  return {
    // Who looks at the whole frame goes on looking at the whole frame.
    view: isFitted(view, image) ? fitView({ ...turned, screen }, image) : resizeView(turned, image, screen),
    image,
  }
}

/** The view of one viewer: fitted to a new size of frame, kept while frames of one size come and go. */
export const useView = ({ stage, image, rowZeroAt, frameTransform }: ViewOptions): ViewControl => {
  const screen = useScreen(stage)
  const [kept, setKept] = useState<Settled | null>(null)
  const width = image?.width ?? 0
  const height = image?.height ?? 0
  const settled = useMemo(
    () => (screen === null || width === 0 ? null : settle(kept, { width, height }, screen, rowZeroAt)),
    [kept, width, height, screen, rowZeroAt],
  )
  const latest = useRef(settled)
  useEffect(() => {
    latest.current = settled
    if (settled !== null && settled !== kept) setKept(settled)
  }, [settled, kept])
  const changeView = useCallback<ChangeView>((change) => {
    const now = latest.current
    if (now === null) return
    // Several events may come between two renders: each builds on the one before.
    const next = { view: change(now.view, now.image), image: now.image }
    latest.current = next
    setKept(next)
  }, [])
  const view = useMemo(
    () =>
      settled === null ? null : { ...settled.view, frameTransform: frameTransform ?? IDENTITY_TRANSFORM },
    [settled, frameTransform],
  )
  return { view, changeView }
}
