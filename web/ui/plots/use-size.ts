import { useEffect, useRef, useState } from 'react'

/** An element and its size in CSS pixels, followed as it changes. */
export const useSize = <Kind extends HTMLElement>() => {
  const element = useRef<Kind>(null)
  const [size, setSize] = useState({ width: 600, height: 400 })
  useEffect(() => {
    if (element.current === null) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry === undefined) return
      const { width, height } = entry.contentRect
      setSize({ width: Math.max(120, Math.floor(width)), height: Math.floor(height) })
    })
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [])
  return { element, ...size }
}
