import { useEffect, useRef, type RefObject } from 'react'

/** The wheel over a plot zooms it instead of scrolling the page, which only a listener that is not passive may ask for. */
export const useWheelZoom = (
  element: RefObject<SVGElement | null>,
  onWheel: (event: WheelEvent) => void,
): void => {
  const latest = useRef(onWheel)
  useEffect(() => {
    latest.current = onWheel
  })
  useEffect(() => {
    const target = element.current
    if (target === null) return
    const turn = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.shiftKey && Math.abs(event.deltaX) > Math.abs(event.deltaY)) return
      event.preventDefault()
      latest.current(event)
    }
    target.addEventListener('wheel', turn, { passive: false })
    return () => target.removeEventListener('wheel', turn)
  }, [element])
}
