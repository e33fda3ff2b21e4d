import { useSyncExternalStore } from 'react'

const SERIES = [1, 2, 3, 4, 5, 6, 7, 8] as const

/** Colours of the page as pixels (alpha, blue, green, red from the highest byte down), read from its tokens. */
export interface PlotTheme {
  readonly plain: number
  readonly chosen: number
  readonly faint: number
  readonly series: readonly number[]
  /** Red light only. */
  readonly night: boolean
  readonly light: boolean
}

const subscribe = (changed: () => void): (() => void) => {
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  return () => observer.disconnect()
}

const readName = (): string => document.documentElement.dataset['theme'] ?? ''

/** The name of the theme; what is drawn on a canvas is drawn anew when it changes. */
export const useThemeName = (): string => useSyncExternalStore(subscribe, readName)

/** Style sheets write colours in many ways; what a canvas makes of one is its four bytes. */
const createReader = (): ((token: string) => number) => {
  const styles = getComputedStyle(document.documentElement)
  const canvas = document.createElement('canvas')
  canvas.width = 1
  canvas.height = 1
  const context = canvas.getContext('2d', { willReadFrequently: true })
  return (token) => {
    const written = styles.getPropertyValue(token).trim()
    if (context === null) return 0xff808080
    context.fillStyle = written === '' ? '#808080' : written
    context.fillRect(0, 0, 1, 1)
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data
    return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0
  }
}

export const readTheme = (name: string): PlotTheme => {
  const read = createReader()
  return {
    plain: read('--comp'),
    chosen: read('--accent'),
    faint: read('--faint'),
    series: SERIES.map((number) => read(`--series-${number}`)),
    night: name === 'night',
    light: name === 'light',
  }
}

/** A pixel as style sheets and SVG write it. */
export const writeColour = (pixel: number): string =>
  `#${[pixel & 255, (pixel >>> 8) & 255, (pixel >>> 16) & 255].map((part) => part.toString(16).padStart(2, '0')).join('')}`
