import { useEffect } from 'react'

export interface PageKeys {
  readonly palette: () => void
  readonly help: () => void
  readonly next: () => void
  readonly blink: () => void
  readonly step: (by: number) => void
  readonly panel: (index: number) => void
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))

/** Keys of the whole page; whoever types into a field, or works in a dialog, keeps the keys there. */
export const usePageKeys = (keys: PageKeys): void => {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        keys.palette()
        return
      }
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (isTyping(event.target) || document.querySelector('dialog[open]') !== null) return
      const digit = Number(event.key)
      if (event.key === '?') keys.help()
      else if (event.key === 'n') keys.next()
      else if (event.key === ' ' && event.target === document.body) keys.blink()
      else if (event.key === ',' || event.key === '.') keys.step(event.key === '.' ? 1 : -1)
      else if (digit >= 1 && digit <= 5 && !(event.target instanceof SVGElement)) keys.panel(digit - 1)
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [keys])
}
