import { useSyncExternalStore } from 'react'

const subscribe = (changed: () => void): (() => void) => {
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  return () => observer.disconnect()
}

const isNight = (): boolean => document.documentElement.dataset['theme'] === 'night'

/** Whether only red light is allowed. */
export const useNightTheme = (): boolean => useSyncExternalStore(subscribe, isNight)
