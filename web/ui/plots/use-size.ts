import { useEffect, useRef, useState } from 'react'

/** An element and its width in CSS pixels, followed as it changes. */
export const useWidth = <Kind extends HTMLElement>() => {
  const element = useRef<Kind>(null)
  const [width, setWidth] = useState(600)
  useEffect(() => {
    if (element.current === null) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setWidth(Math.max(120, Math.floor(entry.contentRect.width)))
    })
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [])
  return { element, width }
}
