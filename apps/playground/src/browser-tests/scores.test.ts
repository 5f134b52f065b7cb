import { demoClassificationModel, demoRerankModel, scripted, serviceError } from '@x/sagemaker-local'
import { findChromium } from '@x/tools/find-chromium'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPlayground, type OpenedPlayground } from '../test-support/open-playground.ts'

const chromium = findChromium()

describe.skipIf(chromium === undefined)('rankings and labels, in Chromium', { timeout: 30_000 }, () => {
  let playground: OpenedPlayground
  let page: Page

  beforeAll(async () => {
    const local = { source: 'local', summary: '' } as const
    playground = await openPlayground(
      chromium ?? '',
      {
        reranker: demoRerankModel(),
        classifier: demoClassificationModel({ format: 'huggingface' }),
        refusing: scripted(() => serviceError('ThrottlingException')),
      },
      {
        endpoints: [
          { ...local, name: 'reranker', kind: 'rerank', handler: 'tei' },
          { ...local, name: 'refusing', kind: 'rerank', handler: 'tei' },
          { ...local, name: 'classifier', kind: 'classification', handler: 'huggingface' },
        ],
      },
    )
    page = await playground.open({}, '#scores')
  }, 60_000)
  afterAll(() => playground?.[Symbol.asyncDispose]())

  const ranked = () => page.getByRole('list', { name: 'Documents by relevance' }).getByRole('listitem')
  const wire = () => page.getByRole('region', { name: 'Wire inspector' })

  it('put the documents in the order of their scores, and tell how far each moved', async () => {
    await page.getByRole('button', { name: 'Boats in bad weather' }).click()
    await page.getByRole('button', { name: 'Rerank 8' }).click()
    await ranked().nth(7).waitFor()
    expect(await ranked().first().textContent()).toMatch(
      /^1 ▲ 1 1 place up In bad weather the boats stay in the harbour\./,
    )
    const scores = await ranked().locator('.score > span').allTextContents()
    expect(scores).toEqual(scores.toSorted().toReversed())
    expect(await page.locator('svg.lines path').count()).toBe(8)
  })

  it('show as many as were asked for', async () => {
    await page.getByLabel('Top N').fill('3')
    await page.getByLabel('Documents, one per line').press('Control+Enter')
    await page.getByText('3 of 8 documents were asked for.').waitFor()
    expect(await ranked().count()).toBe(3)
  })

  it('have their bytes in the wire, and their call as code', async () => {
    await page.getByRole('region', { name: 'Result' }).getByRole('button', { name: 'Wire' }).click()
    await wire().locator('g[data-lane=parts]').first().waitFor()
    expect(await wire().textContent()).toContain('reranker')
    await page.getByRole('button', { name: 'Code' }).click()
    const code = page.getByRole('dialog').getByRole('tabpanel')
    expect(await code.textContent()).toContain("reranker.rerank('boats in bad weather', documents, { topN: 3 })")
    await page.getByRole('tab', { name: 'curl' }).click()
    expect(await code.textContent()).toContain('/endpoints/reranker/invocations')
    await page.getByRole('button', { name: 'Close', exact: true }).click()
  })

  it('label texts with labels of your own', async () => {
    await page.getByRole('button', { name: 'Classify', exact: true }).click()
    await page.getByRole('button', { name: 'Topics, with your own labels' }).click()
    await page.getByRole('button', { name: 'Classify 5' }).click()
    const labelled = page.getByRole('list', { name: 'Texts with their labels' }).locator('> li')
    await labelled.nth(4).waitFor()
    expect(await labelled.first().locator('.best dt').textContent()).toBe('billing')
  })

  it('say why a call failed', async () => {
    await page.getByRole('button', { name: 'Rerank', exact: true }).click()
    await page.getByLabel('Reranker', { exact: true }).selectOption({ label: 'refusing' })
    await page.getByRole('button', { name: 'Rerank 8' }).click()
    const error = page.getByRole('alert', { name: 'Error' })
    await error.waitFor()
    expect(await error.locator('code').first().textContent()).toBe('throttled')
  })

  it('are among the calls', async () => {
    await page.getByRole('link', { name: 'Calls' }).click()
    const calls = page.getByRole('navigation', { name: 'Calls' }).getByRole('listitem')
    await calls.nth(3).waitFor()
    expect(await calls.filter({ hasText: 'this page: rerank' }).count()).toBeGreaterThanOrEqual(4)
  })

  it('have no complaints of the page', () => {
    expect(playground.complaints).toEqual([])
  })
})
