import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SagemakerEmbedding } from '@x/sagemaker-embed'
import { demoEmbeddingModel, type LocalEndpoint } from '@x/sagemaker-local'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { accessibilityViolations } from '../test-support/accessibility-violations.ts'
import { findChromium } from '@x/tools/find-chromium'
import { openPlayground, type OpenedPlayground } from '../test-support/open-playground.ts'

const chromium = findChromium()

const demo = demoEmbeddingModel({ dimensions: 64, maxTokens: 40 })
const hangs = 30_000
let delayMs = 0
/** Requests that came since the endpoint hangs. */
let hanging = 0
const slow: LocalEndpoint = {
  description: 'Waits before it answers',
  async answer(request) {
    if (delayMs === hangs) hanging++
    await new Promise((resolve) => setTimeout(resolve, delayMs))
    return demo.answer(request)
  },
}
const endpoints = {
  demo,
  slow,
  small: demoEmbeddingModel({ format: 'cohere', dimensions: 128 }),
  sparse: demoEmbeddingModel({ format: 'tei-sparse' }),
}

const lines = (count: number) =>
  Array.from({ length: count }, (_, index) => `${['bread', 'tide', 'train'][index % 3]} number ${index}`)

describe.skipIf(chromium === undefined)('embeddings, in Chromium', { timeout: 60_000 }, () => {
  let playground: OpenedPlayground

  beforeAll(async () => {
    playground = await openPlayground(chromium ?? '', endpoints, {
      endpoints: Object.entries({ demo: 'tei', slow: 'tei', missing: 'tei', small: 'cohere', sparse: 'tei' }).map(
        ([name, handler]) => ({ source: 'local', name, kind: 'embedding', handler, summary: '' }),
      ),
    })
  }, 60_000)
  afterAll(() => playground?.[Symbol.asyncDispose]())
  beforeEach(() => void (delayMs = hanging = 0))

  const texts = (page: Page) => page.getByLabel('Texts, one per line')
  const status = (page: Page, name: string) => page.locator(`[data-status=${name}]`).waitFor()
  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
  const rows = (page: Page) => page.getByLabel('Rows').getByRole('option')

  async function embed(page: Page, source: string, endpoint = 'demo') {
    await texts(page).fill(source)
    await page.getByLabel('Embedding endpoint').selectOption({ label: endpoint })
    await press(page, 'Embed')
  }

  it('embeds lines, checks the vectors, maps them, and finds the nearest', async () => {
    const page = await playground.open({}, '#embeddings')
    await embed(
      page,
      ['bread and butter', 'the tide rises', 'bread, and butter', 'the tide rises', 'a late train'].join('\n'),
    )
    await status(page, 'done')
    await page.getByText('Duplicates 2, in 1 group').waitFor()
    await page.getByText('unit length').waitFor()
    await page.getByText(/The two axes show \d+ % of the variance/).waitFor()

    await press(page, 'Show: Duplicates')
    expect(await rows(page).allInnerTexts()).toEqual(['2\nthe tide rises', '4\nthe tide rises'])
    await press(page, 'Show all')

    await page.getByRole('searchbox', { name: 'Query' }).fill('fresh bread')
    await press(page, 'Find')
    await page.getByText('Nearest to “fresh bread”').waitFor()
    expect(
      (await rows(page).allInnerTexts())
        .map((text) => text.replace(/^-?\d\.\d{3}\s/, ''))
        .slice(0, 2)
        .sort(),
    ).toEqual(['bread and butter', 'bread, and butter'])
    await press(page, 'Show all')

    await page.getByLabel(/^Map of 5 texts/).focus()
    await page.keyboard.press('ArrowRight')
    const chosen = page.getByLabel('Rows').locator('[aria-selected=true]')
    await chosen.waitFor()
    const first = await chosen.innerText()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    expect(await chosen.count()).toBe(1)
    await press(page, 'Nearest to this')
    await page.getByText(/Nearest to row \d/).waitFor()
    expect(await rows(page).first().innerText()).toMatch(/^1\.000/)
    expect(first).toContain('bread and butter')

    await page.getByLabel('Projection').selectOption('neighbours')
    await page.getByText('Neighbours stay together').waitFor()
    await press(page, 'Heat map')
    await page.getByLabel(/^Cosines of 5 texts/).focus()
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key)
    await page.getByText('1.000', { exact: true }).first().waitFor()
    await page.context().close()
  })

  it('shows bits, integers and weights of tokens, and compares each in its way', async () => {
    const page = await playground.open({}, '#embeddings')
    const source = 'bread and butter\nthe tide rises\na late train'
    const shown = async (form: string, endpoint: string) => {
      await page.getByLabel('Vectors', { exact: true }).selectOption(form)
      await embed(page, source, endpoint)
      await status(page, 'done')
      await page.getByText(/The two axes show/).waitFor()
      await rows(page).first().click()
      await press(page, 'Nearest to this')
      await page.getByText(/^Nearest to row 1, by /).waitFor()
      return (await page.getByLabel('Texts', { exact: true }).innerText()).replaceAll(/\s+/g, ' ')
    }
    const bits = await shown('binary', 'small')
    expect(bits).toMatch(/Nearest to row 1, by share of equal bits .*1\.000 bread and butter .*128 bits, \d+ of them 1/)
    expect(await shown('int8', 'small')).toMatch(/by cosine .*128 numbers from -?\d+ to \d+/)
    expect(await shown('sparse', 'sparse')).toMatch(/by cosine .*3 tokens with weight/)
    await page.getByText(/^3 of \d tokens$/).waitFor()
    expect(await accessibilityViolations(page)).toEqual([])
    await page.context().close()
  })

  it('reads a JSON lines file, says which lines have no text, and saves the exact vectors', async () => {
    const page = await playground.open({ acceptDownloads: true }, '#embeddings')
    const source = [
      '{"id":"a","text":"one"}',
      '{"id":',
      `{"id":"b","text":"${'word '.repeat(60)}"}`,
      '{"id":"c","text":"two"}',
    ].join('\n')
    await page
      .getByLabel('Open texts')
      .setInputFiles({ name: 'my.jsonl', mimeType: 'application/jsonl', buffer: Buffer.from(source) })
    await page.getByText('3 texts of JSON lines').waitFor()
    await page.getByText('1 line without text').click()
    await page.getByText('Line 2: This line is not JSON.').waitFor()
    await press(page, 'Embed')
    await status(page, 'done')
    await page.getByText(/1 refused, the first in row 2/).waitFor()

    const downloading = page.waitForEvent('download')
    await press(page, 'Download JSONL')
    const path = join(await playground.temporaryFolder(), 'vectors.jsonl')
    await (await downloading).saveAs(path)
    const saved = (await readFile(path, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string; embedding?: number[]; error?: { code: string } })
    expect(saved.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
    expect(saved[1]?.embedding).toBeUndefined()
    expect(saved[1]?.error?.code).toBeDefined()
    using direct = new DirectEmbedding(playground.runtime.url)
    for (const [index, text] of [
      [0, 'one'],
      [2, 'two'],
    ] as const)
      expect(Float32Array.from(saved[index]?.embedding ?? [])).toEqual(await direct.embedding.getTextEmbedding(text))
    await page.context().close()
  })

  it('holds the container while it is paused, and sends every text once', async () => {
    const page = await playground.open({}, '#embeddings')
    const before = playground.runtime.requests.length
    const sent = () => playground.runtime.requests.slice(before)
    const all = lines(120)
    delayMs = 150
    await page.getByLabel('Batch size').fill('2')
    await page.getByLabel('Concurrency').fill('2')
    await embed(page, all.join('\n'), 'slow')
    await page.getByText(/^[1-9]\d* of 120$/).waitFor()
    await press(page, 'Pause')
    await status(page, 'paused')
    // Those that are in flight are still answered; after them comes none.
    for (let count = -1; count < sent().length; await new Promise((resolve) => setTimeout(resolve, 700)))
      count = sent().length
    await playground.runtime.idle()
    const held = sent().length
    expect(held).toBeLessThan(60)
    await page.getByText('of the variance').waitFor()
    delayMs = 0
    await press(page, 'Continue')
    await status(page, 'done')
    await page.getByText('120 of 120').waitFor()
    expect(sent().length).toBeGreaterThan(held)
    expect(
      sent()
        .flatMap((request) => (request.json() as { inputs: string[] }).inputs)
        .sort(),
    ).toEqual([...all].sort())
    await page.context().close()
  })

  it.each([
    ['Cancel', (page: Page) => press(page, 'Cancel')],
    ['Escape', (page: Page) => page.keyboard.press('Escape')],
  ])('%s ends the requests at the container and keeps what is here', async (_, stop) => {
    const page = await playground.open({}, '#embeddings')
    const before = playground.runtime.requests.length
    delayMs = 100
    await embed(page, lines(900).join('\n'), 'slow')
    await page.getByText(/^[1-9]\d* of 900$/).waitFor()
    delayMs = hangs
    // Until all requests in flight are such that hang: those before them may be answered when the run is stopped.
    await expect.poll(() => hanging, { timeout: 20_000 }).toBeGreaterThanOrEqual(4)
    await stop(page)
    await status(page, 'stopped')
    await expect
      .poll(() => playground.runtime.requests.slice(before).filter(({ outcome }) => outcome === 'aborted').length, {
        timeout: 20_000,
      })
      .toBeGreaterThan(0)
    await page.getByText('of the variance').waitFor()
    await page.context().close()
  })

  it('draws map and heat map anew when the colour scheme changes', async () => {
    const page = await playground.open({}, '#embeddings')
    const drawing = (label: RegExp) =>
      page.getByLabel(label).evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL())
    const becomesOther = (label: RegExp, before: string) => expect.poll(() => drawing(label)).not.toBe(before)
    await page.emulateMedia({ colorScheme: 'light' })
    await embed(page, lines(6).join('\n'))
    await status(page, 'done')
    await page.getByText(/The two axes show/).waitFor()

    const map = /^Map of 6 texts/
    await expect.poll(() => drawing(map)).not.toBe('data:,')
    const lightMap = await drawing(map)
    await page.emulateMedia({ colorScheme: 'dark' })
    await becomesOther(map, lightMap)

    const heatMap = /^Cosines of 6 texts/
    await press(page, 'Heat map')
    const darkHeatMap = await drawing(heatMap)
    await page.emulateMedia({ colorScheme: 'light' })
    await becomesOther(heatMap, darkHeatMap)
    await page.context().close()
  })

  it('shows why a run failed', async () => {
    const page = await playground.open({}, '#embeddings')
    await embed(page, 'one', 'missing')
    await status(page, 'failed')
    expect(await page.getByRole('alert').locator('code').first().innerText()).toBe('endpoint-not-found')
    await page.context().close()
  })

  it('takes a file that is dropped, and keeps 5,000 lines out of the page but for those that can be seen', async () => {
    const page = await playground.open({}, '#embeddings')
    const source = lines(5000).join('\n')
    const transfer = await page.evaluateHandle((text) => {
      const dropped = new DataTransfer()
      dropped.items.add(new File([text], 'lines.txt'))
      return dropped
    }, source)
    await page.getByLabel('Texts to embed').dispatchEvent('drop', { dataTransfer: transfer })
    await page.getByText('5,000 texts').waitFor()
    await page.getByLabel('Batch size').fill('500')
    await press(page, 'Embed')
    await status(page, 'done')
    await page.getByLabel('Map of 5000 texts').waitFor()
    await page.getByLabel('Rows').focus()
    await page.keyboard.press('End')
    await page.getByLabel('Rows').getByText('number 4999').waitFor()
    expect(await rows(page).count()).toBeLessThan(80)
    await page.context().close()
  })

  it('measures throughput, and takes over the best settings', async () => {
    const page = await playground.open({}, '#embeddings')
    await texts(page).fill('one\ntwo')
    await press(page, 'Throughput')
    await press(page, 'Measure')
    const best = page.getByText(/^Best: /)
    await best.waitFor({ timeout: 45_000 })
    expect(await page.getByRole('row').count()).toBe(19)
    const [, batchSize, concurrency] = /batches of (\d+), (\d+) at a time/.exec(await best.innerText()) ?? []
    await press(page, 'Use these settings')
    expect([
      await page.getByLabel('Batch size').inputValue(),
      await page.getByLabel('Concurrency').inputValue(),
    ]).toEqual([batchSize, concurrency])
    await page.context().close()
  })

  it.each([
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ])('has nothing for axe to find at $width pixels, light and dark', async (viewport) => {
    const page = await playground.open({ viewport }, '#embeddings')
    const check = async (state: string) => {
      expect({ state, violations: await accessibilityViolations(page) }).toEqual({ state, violations: [] })
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect({ state, overflow }).toEqual({ state, overflow: 0 })
    }
    await texts(page).waitFor()
    await check('empty')
    await press(page, 'Insert an example')
    await press(page, 'Embed')
    await page.getByText('of the variance').waitFor()
    await page.getByRole('searchbox', { name: 'Query' }).fill('bread')
    await press(page, 'Find')
    await rows(page).first().click()
    await check('map and neighbours')
    await press(page, 'Heat map')
    await check('heat map')
    await press(page, 'Throughput')
    await check('throughput')
    await page.context().close()
  })

  it('leaves the console quiet', () => {
    expect(playground.complaints).toEqual([])
  })
})

/** The packages themselves, without a page in between. */
class DirectEmbedding {
  readonly embedding: SagemakerEmbedding
  constructor(endpoint: string) {
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
    this.embedding = new SagemakerEmbedding({ endpointName: 'demo', endpoint, region: 'us-east-1', credentials })
  }
  [Symbol.dispose](): void {
    this.embedding.close()
  }
}
