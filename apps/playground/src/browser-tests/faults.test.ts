import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unicodeModel } from '../demo/unicode-model.ts'
import { faultDescriptions } from '../server/faults/fault-catalogue.ts'
import { findChromium } from '@x/tools/find-chromium'
import { openPlayground, type OpenedPlayground } from '../test-support/open-playground.ts'

const chromium = findChromium()

describe.skipIf(chromium === undefined)('the fault lab, in Chromium', { timeout: 60_000 }, () => {
  let playground: OpenedPlayground

  beforeAll(async () => {
    playground = await openPlayground(
      chromium ?? '',
      { 'demo-unicode': unicodeModel(0) },
      { faults: faultDescriptions },
    )
  }, 60_000)
  afterAll(() => playground?.[Symbol.asyncDispose]())

  it('runs every fault, and shows the error that it leads to, or the whole answer', async () => {
    const page = await playground.open({}, '#faults')
    await page.getByRole('button', { name: 'Run all' }).click()
    const list = page.getByRole('navigation', { name: 'Faults' })
    await list
      .getByText(`${faultDescriptions.length} of ${faultDescriptions.length} as expected`)
      .waitFor({ timeout: 45_000 })
    for (const { title, expected } of faultDescriptions) {
      await list
        .getByRole('button', { name: new RegExp(`^${title}\\b`) })
        .first()
        .click()
      const experiment = page.getByLabel('Experiment')
      expect(await experiment.getByRole('heading', { level: 2 }).innerText()).toBe(title)
      const outcome = await experiment.locator('[data-outcome]').getAttribute('data-outcome')
      const code = experiment.getByRole('alert').locator('code').first()
      expect({ title, shown: expected === 'answer' ? outcome : await code.innerText() }).toEqual({
        title,
        shown: expected,
      })
    }
    await page.context().close()
  })

  it('shows on the wire how the answer broke off', async () => {
    const page = await playground.open({}, '#faults')
    await page.getByRole('button', { name: 'Connection reset' }).click()
    await page.getByLabel('After parts').fill('3')
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    const wire = page.getByLabel('Wire inspector')
    await wire.locator('g.error').waitFor()
    expect(await wire.locator('g.error').textContent()).toContain('stream-interrupted')
    await wire.getByRole('button', { name: 'Fit' }).click()
    expect(await wire.getByText(/^3 parts, /).count()).toBe(1)
    await page.context().close()
  })

  it('shows the attempts that a refusal leads to', async () => {
    const page = await playground.open({}, '#faults')
    await page.getByRole('button', { name: 'Service unavailable' }).click()
    const before = playground.runtime.requests.length
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    const wire = page.getByLabel('Wire inspector')
    await wire.locator('g.error').waitFor()
    expect(await wire.locator('g.retry').count()).toBe(2)
    expect(playground.runtime.requests.length - before).toBe(3)
    await page.context().close()
  })

  it('has an empty state where there is no local runtime', async () => {
    const page = await playground.open()
    await page.route('**/api/setup', (route) => route.fulfill({ json: { endpoints: [], faults: [] } }))
    await page.goto(`${playground.server.url}/#faults`)
    await page.reload()
    await page.getByRole('heading', { name: 'No local runtime' }).waitFor()
    expect(await page.getByRole('button', { name: 'Run', exact: true }).count()).toBe(0)
    await page.context().close()
  })

  it('leaves the console quiet', () => {
    expect(playground.complaints).toEqual([])
  })
})
