import { createRoot } from 'react-dom/client'
import type { Root } from 'react-dom/client'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { page } from 'vitest/browser'
import { createStore } from 'zustand'
import type { Studio } from '../../web/engine/studio'
import { changeLanguage, startTranslation } from '../../web/ui/i18n/set-up'
import { NotebookExportMenu } from '../../web/ui/kit/notebook-export-menu'
import { AppContext, type AppMachine } from '../../web/ui/kit/use-app'
import '../../web/ui/kit/tokens.css'
import '../../web/ui/kit/base.css'

let root: Root | null = null
beforeAll(() => startTranslation('en'))
afterEach(async () => {
  root?.unmount()
  root = null
  document.body.replaceChildren()
  await changeLanguage('en')
})

const open = (exportNotebook: Studio['exportNotebook']) => {
  const told: unknown[] = []
  const machine = {
    store: createStore(() => ({ notices: { tellError: (error: unknown) => told.push(error) } })),
    studio: { exportNotebook },
  } as unknown as AppMachine
  const host = document.createElement('main')
  document.body.append(host)
  root = createRoot(host)
  root.render(
    <AppContext value={machine}>
      <NotebookExportMenu id="master-1" name="master.fits" />
    </AppContext>,
  )
  return told
}

it('asks for the format that is chosen and says how far it is', async () => {
  const asked: unknown[] = []
  let end: (content: Blob) => void = () => undefined
  open((id, format, options) => {
    asked.push([id, format])
    options?.onProgress?.({ label: 'notebook', done: 2, total: 7 })
    return new Promise((resolve) => {
      end = resolve
    })
  })
  await page.getByRole('button', { name: 'Python' }).click()
  await page.getByRole('menuitem', { name: 'Python script' }).click()
  await expect.element(page.getByRole('button', { name: '2 of 7…' })).toBeDisabled()
  expect(asked).toEqual([['master-1', 'py']])
  end(new Blob(['print(1)']))
  await expect.element(page.getByRole('button', { name: 'Python' })).toBeEnabled()
})

it('tells why a result cannot be written, and can be used again', async () => {
  const told = open(() => Promise.reject(new Error('its frames were resampled')))
  await page.getByRole('button', { name: 'Python' }).click()
  await page.getByRole('menuitem', { name: 'Python notebook' }).click()
  await expect.poll(() => told.length).toBe(1)
  await expect.element(page.getByRole('button', { name: 'Python' })).toBeEnabled()
})

it('speaks German', async () => {
  open(() => Promise.resolve(new Blob([''])))
  await changeLanguage('de')
  await page.getByRole('button', { name: 'Python' }).click()
  await expect
    .element(page.getByRole('menuitem', { name: 'Python-Notebook' }))
    .toHaveAccessibleDescription(/ccdproc/)
})
