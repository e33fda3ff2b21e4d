import { createRoot } from 'react-dom/client'
import type { Root } from 'react-dom/client'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { createStore } from 'zustand'
import { startTranslation } from '../../web/ui/i18n/set-up'
import { TableExportMenu } from '../../web/ui/kit/table-export-menu'
import { AppContext, type AppMachine } from '../../web/ui/kit/use-app'
import '../../web/ui/kit/tokens.css'
import '../../web/ui/kit/base.css'

let root: Root | null = null
beforeAll(() => startTranslation('en'))
afterEach(() => {
  root?.unmount()
  root = null
  document.body.replaceChildren()
})

const open = (onExport: (format: string) => Promise<Blob>) => {
  const told: unknown[] = []
  const machine = {
    store: createStore(() => ({ notices: { tellError: (error: unknown) => told.push(error) } })),
  } as unknown as AppMachine
  const host = document.createElement('main')
  document.body.append(host)
  root = createRoot(host)
  root.render(
    <AppContext value={machine}>
      <TableExportMenu name="curve" onExport={onExport} />
    </AppContext>,
  )
  return told
}

it('opens by the keyboard, moves by arrows, and writes what is chosen', async () => {
  const chosen: string[] = []
  open((format) => {
    chosen.push(format)
    return Promise.resolve(new Blob(['x']))
  })
  const button = page.getByRole('button', { name: 'Export table' })
  await expect.element(button).toBeVisible()
  ;(button.element() as HTMLElement).focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('menuitem', { name: 'CSV', exact: true })).toHaveFocus()
  await userEvent.keyboard('{ArrowDown}{ArrowDown}')
  await expect.element(page.getByRole('menuitem', { name: 'VOTable' })).toHaveFocus()
  await userEvent.keyboard('{Enter}')
  expect(chosen).toEqual(['votable'])
  await expect.element(page.getByRole('menuitem', { name: 'VOTable' })).not.toBeInTheDocument()
})

it('says what each format is for, closes by Escape and gives the focus back', async () => {
  open(() => Promise.resolve(new Blob(['x'])))
  await page.getByRole('button', { name: 'Export table' }).click()
  await expect.element(page.getByRole('menuitem', { name: 'FITS table' })).toBeVisible()
  await expect
    .element(page.getByRole('menuitem', { name: 'FITS table' }))
    .toHaveAccessibleDescription('Binary and exact to the last bit, with units and a checksum.')
  await userEvent.keyboard('{Escape}')
  await expect.element(page.getByRole('menuitem', { name: 'FITS table' })).not.toBeInTheDocument()
  await expect.element(page.getByRole('button', { name: 'Export table' })).toHaveFocus()
})

it('stays inside a narrow window', async () => {
  await page.viewport(390, 600)
  open(() => Promise.resolve(new Blob(['x'])))
  await page.getByRole('button', { name: 'Export table' }).click()
  const item = page.getByRole('menuitem', { name: 'FITS table' })
  await expect.element(item).toBeVisible()
  const { left, right } = item.element().getBoundingClientRect()
  expect(left).toBeGreaterThanOrEqual(0)
  expect(right).toBeLessThanOrEqual(390)
  await page.viewport(1280, 720)
})

it('tells what went wrong, and can be used again', async () => {
  const told = open(() => Promise.reject(new Error('the disk is full')))
  await page.getByRole('button', { name: 'Export table' }).click()
  await page.getByRole('menuitem', { name: 'CSV', exact: true }).click()
  await expect.poll(() => told.length).toBe(1)
  await expect.element(page.getByRole('button', { name: 'Export table' })).toBeEnabled()
})
