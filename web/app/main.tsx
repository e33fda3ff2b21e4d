import '@fontsource-variable/inter/index.css'
import '@fontsource-variable/jetbrains-mono/index.css'
import '../ui/kit/tokens.css'
import '../ui/kit/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createStudio } from '../engine/create-studio'
import { createAppStore } from '../state/create-store'
import { runDemonstration } from '../state/run-demonstration'
import { pickLanguage, startTranslation } from '../ui/i18n/set-up'
import { App } from './app'
import { createScripting } from './scripting'

/** What the address asks for: a demonstration, or files to fetch. Nothing in a link can move hardware. */
const followLink = async (store: ReturnType<typeof createAppStore>): Promise<void> => {
  const query = new URLSearchParams(location.search)
  if (query.get('demo') === 'transit') {
    await runDemonstration(store)
    return
  }
  const addresses = query.getAll('url')
  if (addresses.length > 0) await store.getState().intake.ingest(addresses.map((url) => ({ url })))
}

const start = async (): Promise<void> => {
  const studio = createStudio(__APP_VERSION__)
  window.asterism = createScripting(studio, __APP_VERSION__)
  const store = createAppStore(studio)
  await startTranslation(pickLanguage(store.getState().settings.language, navigator.languages))
  const root = document.getElementById('root')
  if (root === null) throw new Error('the page has no #root')
  createRoot(root).render(
    <StrictMode>
      <App store={store} studio={studio} />
    </StrictMode>,
  )
  await store.getState().library.refresh()
  await store.getState().orders.refresh()
  await store.getState().targets.refresh()
  await store.getState().sky.refresh()
  await store.getState().calibration.refresh()
  await followLink(store)
}

void start()
