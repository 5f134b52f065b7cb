import { SagemakerEmbedding } from '@x/sagemaker-embed'
import { captureTo } from '@x/sagemaker-endpoint/capture'
import { SagemakerLLM } from '@x/sagemaker-llm'
import { demoEmbeddingModel, demoLanguageModel, part, pause, scripted, stream } from '@x/sagemaker-local'
import { findChromium } from '@x/tools/find-chromium'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessibilityViolations } from '../test-support/accessibility-violations.ts'
import { openPlayground, type OpenedPlayground } from '../test-support/open-playground.ts'
import { chatEvent } from '../test-support/stream-script.ts'

const chromium = findChromium()

describe.skipIf(chromium === undefined)('calls that the page did not make, in Chromium', { timeout: 30_000 }, () => {
  let playground: OpenedPlayground
  let page: Page
  let captures: string

  beforeAll(async () => {
    captures = await mkdtemp(join(tmpdir(), 'captures-'))
    playground = await openPlayground(
      chromium ?? '',
      {
        'my-app-llm': demoLanguageModel({ tokensPerSecond: 400 }),
        'my-embed': demoEmbeddingModel(),
        'my-long-llm': scripted(() =>
          stream([
            ...Array.from({ length: 300 }, () => [part(chatEvent({ content: 'tide ' })), pause(2)]).flat(),
            part(chatEvent({}, 'stop')),
          ]),
        ),
      },
      { endpoints: [{ source: 'local', name: 'my-embed', kind: 'embedding', summary: '' }] },
      { folder: captures, onProblem: (problem) => expect.unreachable(problem) },
    )
    page = await playground.open({}, '#calls')
  }, 60_000)
  afterAll(async () => {
    await playground?.[Symbol.asyncDispose]()
    await rm(captures, { recursive: true, force: true })
  })

  const calls = () => page.getByRole('navigation', { name: 'Calls' }).getByRole('listitem')
  const wire = () => page.getByRole('region', { name: 'Wire inspector' })
  const model = () =>
    new SagemakerLLM({
      endpointName: 'my-app-llm',
      ...playground.runtime.connection,
      maxNewTokens: 12,
      observers: [captureTo(playground.server.url)],
    })

  it('tell first how a program shows its calls', async () => {
    const text = await page.locator('.snippet pre').textContent()
    expect(text).toContain(`captureTo('${playground.server.url}')`)
    expect(await accessibilityViolations(page)).toEqual([])
  })

  it('appear while the program runs, with their text, bytes and code', async () => {
    let answer = ''
    for await (const { delta } of model().streamChat([{ role: 'user', content: 'Why do waves break?' }]))
      answer += delta
    await calls().getByText('done').waitFor()
    expect(await page.locator('[data-answer]').textContent()).toBe(answer)
    await page.getByRole('region', { name: 'Call' }).getByRole('button', { name: 'Wire' }).click()
    await expect.poll(() => wire().locator('g[data-lane=text]').count()).toBeGreaterThan(0)
    expect(await wire().locator('g[data-lane=parts]').count()).toBeGreaterThan(0)
    await page.getByRole('region', { name: 'Call' }).getByRole('button', { name: 'Code' }).click()
    expect(await page.getByRole('dialog').getByRole('tabpanel').textContent()).toContain(
      "llm.streamChat([{ role: 'user', content: 'Why do waves break?' }])",
    )
    await page.getByRole('button', { name: 'Close', exact: true }).click()
    expect(await accessibilityViolations(page)).toEqual([])
  })

  it('of embeddings have vectors in place of text', async () => {
    const embedding = new SagemakerEmbedding({
      endpointName: 'my-embed',
      ...playground.runtime.connection,
      observers: [captureTo(playground.server.url)],
    })
    await embedding.getTextEmbeddings(['The tide is low.'])
    await calls()
      .getByRole('button', { name: /my-embed/ })
      .click()
    await page.getByText('Received, ').waitFor()
    expect(await wire().locator('g[data-lane=values]').count()).toBe(1)
  })

  it('are found by the name of the endpoint', async () => {
    await page.getByLabel('Filter calls').fill('llm')
    expect(await calls().count()).toBe(1)
    await page.getByLabel('Filter calls').fill('')
    expect(await calls().count()).toBe(2)
  })

  it('come from a file of another program, too', async () => {
    const file = join(await playground.temporaryFolder(), 'capture.jsonl')
    await new SagemakerLLM({
      endpointName: 'my-app-llm',
      ...playground.runtime.connection,
      maxNewTokens: 3,
      observers: [captureTo(file)],
    }).complete('The tide')
    await wire().locator('input[type=file]').setInputFiles(file)
    await calls().getByText('file').waitFor()
    expect(await readFile(file, 'utf8')).not.toContain('"line"')
    expect(await wire().locator('g[data-lane=lines]').count()).toBeGreaterThan(0)
  })

  it('appear from a folder that is watched, as soon as a program has written them there', async () => {
    const earlier = await calls().count()
    const { text } = await new SagemakerLLM({
      endpointName: 'my-app-llm',
      ...playground.runtime.connection,
      maxNewTokens: 5,
      observers: [captureTo(join(captures, 'app.jsonl'))],
    }).complete('The tide')
    await calls().nth(earlier).waitFor()
    await calls().first().getByRole('button').click()
    await page.getByRole('region', { name: 'Call' }).locator('article[data-status=done]').waitFor()
    expect(await page.locator('[data-answer]').textContent()).toBe(text)
    await expect.poll(() => wire().locator('g[data-lane=parts]').count()).toBeGreaterThan(0)
  })

  it('are ticks where there is no room, and boxes when one zooms in', async () => {
    const long = new SagemakerLLM({
      endpointName: 'my-long-llm',
      ...playground.runtime.connection,
      observers: [captureTo(playground.server.url)],
    })
    const earlier = await calls().count()
    for await (const _ of long.streamChat([{ role: 'user', content: 'The tide' }]));
    await calls().nth(earlier).waitFor()
    const latest = calls().first()
    await latest.getByRole('button').click()
    // Fit measures the call as it is at that moment: both the list and the page have to have all of it.
    await latest.getByText('done').waitFor()
    await page.getByRole('region', { name: 'Call' }).locator('article[data-status=done]').waitFor()
    await wire().getByRole('button', { name: 'Fit' }).click()
    const ticks = wire().locator('path[data-ticks]')
    await ticks.first().waitFor({ state: 'attached' })
    expect(await wire().locator('g[data-lane]').count()).toBeLessThan(200)
    const { x, y, width } = (await wire().locator('svg[role=img]').boundingBox())!
    await page.mouse.move(x + width - 100, y + 24 + 19)
    await wire()
      .getByRole('heading', { name: /^Parts? \d+/ })
      .waitFor()
    for (let clicks = 0; clicks < 12; clicks++) await wire().getByRole('button', { name: 'Zoom in' }).click()
    await page.mouse.move(0, 0)
    await expect.poll(() => ticks.count()).toBe(0)
  })

  it('stay in their view: chat has its own wire', async () => {
    await page.getByRole('link', { name: 'Chat' }).click()
    await wire().getByText('No call yet.').waitFor()
    await page.getByRole('link', { name: /Calls/ }).click()
    await wire().locator('g[data-lane=parts]').first().waitFor()
    expect(await wire().getByText('No call yet.').count()).toBe(0)
  })

  it('of the embedding view are in its wire', async () => {
    await page.getByRole('link', { name: 'Embeddings' }).click()
    await page.getByRole('button', { name: 'Example' }).click()
    await page.getByRole('button', { name: 'Embed', exact: true }).click()
    await wire().getByRole('combobox', { name: 'Call' }).waitFor()
    await expect.poll(() => wire().locator('g[data-lane=parts]').count()).toBeGreaterThan(0)
    await expect.poll(() => wire().textContent()).toContain('"inputs"')
  })

  it('have no complaints of the page', () => {
    expect(playground.complaints).toEqual([])
  })
})
