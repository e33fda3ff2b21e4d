import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, expectAccessible, test } from '../support/app-page'
import { dropFiles, waitIdle } from '../support/drive-app'
import { canImport, runScript } from '../support/run-python'
import { drawCurve, makeShortNight } from '../support/short-night'

const night = makeShortNight({ counts: { bias: 3, dark: 3, flat: 3, light: 8 } })

test('a light curve goes out as Python that makes it again', async ({ page }) => {
  test.setTimeout(240_000)
  await page.goto('./')
  await dropFiles(page, night.files)
  await waitIdle(page)
  const curve = await drawCurve(page, night.target)
  await waitIdle(page)
  await page
    .getByRole('navigation', { name: /road/i })
    .getByRole('button', { name: /Light curve/ })
    .click()

  const script = await test.step('from the menu of the curve', async () => {
    await page.getByRole('button', { name: 'Python', exact: true }).click()
    await expect(page.getByRole('menuitem', { name: 'Python notebook' })).toBeVisible()
    await expectAccessible(page)
    const download = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: 'Python script' }).click()
    const file = await download
    expect(file.suggestedFilename()).toMatch(/\.py$/)
    return readFileSync(await file.path(), 'utf8')
  })

  await test.step('and from a script, as a notebook', async () => {
    const text = await page.evaluate(async (id) => (await window.asterism?.exportNotebook(id))?.text(), curve)
    const notebook = JSON.parse(text ?? '') as { nbformat: number; cells: unknown[] }
    expect(notebook.nbformat).toBe(4)
    expect(notebook.cells.length).toBeGreaterThan(20)
    const refused = await page.evaluate(async (id) => {
      try {
        await window.asterism?.exportNotebook(id, { format: 'pdf' })
        return null
      } catch (error) {
        return (error as { code: string }).code
      }
    }, curve)
    expect(refused).toBe('bad-order')
  })

  if (!canImport('ccdproc', 'photutils')) return
  await test.step('whose numbers are ours', () => {
    const folder = mkdtempSync(join(tmpdir(), 'originals-'))
    for (const { name, buffer } of night.files) writeFileSync(join(folder, name), buffer)
    const { compared } = runScript(script, folder)
    expect(compared.length).toBeGreaterThan(80)
    expect(compared.filter(({ difference }) => !(difference <= 1e-6))).toEqual([])
  })
})
