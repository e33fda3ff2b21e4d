import { expect, expectAccessible, test } from '../support/app-page'
import { dropFiles, waitIdle } from '../support/drive-app'
import { makeShortNight } from '../support/short-night'

const lightsOf = (date: string, object: string) =>
  makeShortNight({
    start: `${date}T19:40:00`,
    counts: { bias: 0, dark: 0, flat: 0, light: 2 },
    object,
    seed: `${date} ${object}`,
  }).files

test('targets over several nights: named by headers, written down, made one, gathered in a project', async ({
  page,
}) => {
  test.setTimeout(120_000)
  page.setDefaultTimeout(20_000)
  await page.goto('./')
  await dropFiles(page, [
    ...lightsOf('2025-10-21', 'HAT-P-32'),
    ...lightsOf('2025-10-22', 'hatp32'),
    ...lightsOf('2025-10-23', 'UCAC4 684-007'),
  ])
  await waitIdle(page)
  await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Targets' }).click()
  const cards = page.getByRole('article')
  await expect(cards).toHaveCount(2)
  await expect(page.getByRole('article', { name: /hat-?p-?32/i })).toContainText('2 nights')

  await page
    .getByRole('article', { name: /hat-?p-?32/i })
    .getByRole('button', { name: 'Write it down' })
    .click()
  await page.getByLabel('Name', { exact: true }).fill('HAT-P-32')
  await page.getByLabel('Right ascension').fill('02:04:10.3')
  await page.getByLabel('Declination').fill('46 41 16')
  await page.getByRole('button', { name: 'Keep', exact: true }).click()
  const hat = page.getByRole('article', { name: 'HAT-P-32', exact: true })
  await expect(hat).toContainText('02:04:10.30 +46:41:16.0')

  await page.getByLabel('UCAC4 684-007 is the same as').selectOption({ label: 'HAT-P-32' })
  await expect(hat).toContainText('3 nights')
  await expect(cards).toHaveCount(1)
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await expect(cards).toHaveCount(2)

  await page.getByRole('button', { name: 'Add a project' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Transits')
  await page.getByRole('checkbox', { name: 'HAT-P-32' }).check()
  await page.getByRole('checkbox', { name: '2025-10-22+23' }).check()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Keep', exact: true }).click()
  const project = page.getByRole('article', { name: 'Transits' })
  await expect(project.getByRole('button', { name: '2025-10-22+23' })).toBeVisible()
  await expect(project.getByRole('button', { name: '2025-10-21+22' })).toHaveCount(0)
  for (const theme of ['light', 'night', 'dark']) {
    await page.evaluate((name) => {
      document.documentElement.dataset['theme'] = name
    }, theme)
    await expectAccessible(page)
  }
  await page.screenshot({ path: 'tests/e2e/output/targets.png' })
  await page.setViewportSize({ width: 390, height: 844 })
  await expectAccessible(page)
  await page.screenshot({ path: 'tests/e2e/output/targets-390.png' })
  await page.setViewportSize({ width: 1440, height: 900 })
  const rows = await page.evaluate(async () => (await window.asterism?.query('targets')) ?? [])
  expect(rows).toMatchObject([{ name: 'HAT-P-32' }])
  await project.getByRole('button', { name: '2025-10-22+23' }).click()
  await expect(page.getByRole('banner')).toContainText('2025-10-22+23')
})
