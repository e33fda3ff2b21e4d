import { useEffect, useMemo } from 'react'
import type { Studio } from '../engine/studio'
import type { AppStore } from '../state/app-state'
import { AppContext, useApp } from '../ui/kit/use-app'
import { changeLanguage, pickLanguage } from '../ui/i18n/set-up'
import { StudioPage } from '../ui/shell/studio-page'

const preferredTheme = (): 'dark' | 'light' =>
  window.matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark'

/** Puts theme and language of the settings on the document. */
const Appearance = () => {
  const { theme, language } = useApp((state) => state.settings)
  useEffect(() => {
    const apply = () => {
      document.documentElement.dataset['theme'] = theme === 'system' ? preferredTheme() : theme
    }
    apply()
    const scheme = window.matchMedia('(prefers-color-scheme: light)')
    scheme.addEventListener('change', apply)
    return () => scheme.removeEventListener('change', apply)
  }, [theme])
  useEffect(() => void changeLanguage(pickLanguage(language, navigator.languages)), [language])
  return null
}

export const App = ({ store, studio }: { readonly store: AppStore; readonly studio: Studio }) => {
  const machine = useMemo(() => ({ store, studio }), [store, studio])
  return (
    <AppContext value={machine}>
      <Appearance />
      <StudioPage />
    </AppContext>
  )
}
