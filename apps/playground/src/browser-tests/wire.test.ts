import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseCapture } from '../protocol/capture.ts'
import { findChromium } from '@x/tools/find-chromium'
import { openPlayground, type OpenedPlayground } from '../test-support/open-playground.ts'
import { chatEvent, sending } from '../test-support/stream-script.ts'

const chromium = findChromium()

const words = ['Café', ' and', ' 東', '京']
const lines = [...words.map((content) => chatEvent({ content })), chatEvent({}, 'stop'), 'data: [DONE]\n\n']
const body = Buffer.from(lines.join(''))
/** Cut within é, within 東 and within every line. Each part ends at most one line. */
const cuts = [
  body.indexOf('é') + 1,
  body.indexOf('and'),
  body.indexOf('東') + 2,
  body.indexOf('京') - 3,
  body.indexOf('{}'),
  body.indexOf('[DONE]'),
]
const parts = [0, ...cuts].map((start, index) => body.subarray(start, cuts[index] ?? body.length))

describe.skipIf(chromium === undefined)('the wire inspector, in Chromium', { timeout: 30_000 }, () => {
  let playground: OpenedPlayground
  let page: Page

  beforeAll(async () => {
    playground = await openPlayground(chromium ?? '', { 'my-script': sending(parts) })
    page = await playground.open()
    await page.getByLabel('Prompt', { exact: true }).fill('Where?')
    await page.keyboard.press('Enter')
    await page.locator('article[data-status=done]').getByRole('button', { name: 'Wire' }).click()
    // However long the first byte took, everything is within view.
    await wire().getByRole('button', { name: 'Fit' }).click()
  }, 60_000)
  afterAll(() => playground?.[Symbol.asyncDispose]())

  const wire = () => page.getByLabel('Wire inspector')
  const items = (lane: string) => wire().locator(`g[data-lane=${lane}]`)
  const item = (lane: string, index: number) => wire().locator(`g[data-lane=${lane}][data-index="${index}"]`)
  const texts = async (locator: Locator) => (await locator.allTextContents()).map((text) => text.trim())
  const details = (heading: RegExp) =>
    wire()
      .locator('section')
      .filter({ has: page.getByRole('heading', { name: heading }) })
  const chosenBytes = async () => Buffer.from((await texts(wire().locator('td:not(.characters) .in'))).join(''), 'hex')

  it('shows the very bytes of every part that was sent', async () => {
    expect(await items('parts').count()).toBe(parts.length)
    for (const [index, sent] of parts.entries()) {
      await item('parts', index).click()
      expect((await chosenBytes()).equals(sent), `part ${index + 1}`).toBe(true)
    }
    await item('parts', parts.length - 1).click()
  })

  it('shows every line, every event and every piece of text, with their bytes', async () => {
    const contents = lines.map((line) => line.trim())
    expect(await items('lines').count()).toBe(contents.length)
    for (const [index, content] of contents.entries()) {
      await item('lines', index).click()
      expect(await texts(details(/^Line \d/).locator('pre'))).toEqual([content])
      expect((await chosenBytes()).toString()).toBe(content)
      await item('values', index).click()
      const shown = await details(/^Event \d/)
        .locator('pre')
        .innerText()
      expect(shown === '[DONE]' ? shown : JSON.stringify(JSON.parse(shown))).toBe(content.slice('data: '.length))
    }
    for (const [index, word] of words.entries()) {
      await item('text', index).click()
      expect(
        await details(/^Text \d/)
          .locator('pre')
          .textContent(),
      ).toBe(word)
    }
    await item('text', words.length - 1).click()
  })

  it('links the same bytes through all lanes while the pointer is on them', async () => {
    await item('text', 2).hover()
    const linked = await wire()
      .locator('g.linked')
      .evaluateAll((elements) =>
        elements.map((element) => `${element.getAttribute('data-lane')} ${element.getAttribute('data-index')}`),
      )
    // The third word was cut into two parts.
    expect(linked.toSorted()).toEqual(['lines 2', 'parts 2', 'parts 3', 'text 2', 'values 2'])
    await page.mouse.move(0, 0)
    expect(await wire().locator('g.linked').count()).toBe(0)
  })

  it('marks the characters that were cut, and no others', async () => {
    expect(
      await wire()
        .locator('[data-cut]')
        .evaluateAll((cuts) => cuts.map((cut) => cut.getAttribute('data-cut'))),
    ).toEqual(['é', '東'])
    await item('parts', 0).click()
    expect(await wire().locator('.note').innerText()).toMatch(/^é was cut: its 2 bytes came in parts 1 and 2\./)
    expect((await texts(wire().locator('td:not(.characters) .cut'))).at(0)).toBe('c3')
    await item('parts', 0).click()
  })

  it('goes from item to item, and from lane to lane, by the arrow keys', async () => {
    await wire()
      .getByRole('group', { name: /^Lanes/ })
      .focus()
    const focused = () =>
      wire()
        .locator('g.focused')
        .evaluate((element) => `${element.getAttribute('data-lane')} ${element.getAttribute('data-index')}`)
    const seen: string[] = []
    for (const key of [
      'ArrowRight',
      'ArrowRight',
      'ArrowRight',
      'ArrowDown',
      'ArrowDown',
      'ArrowDown',
      'ArrowLeft',
      'ArrowUp',
    ]) {
      await page.keyboard.press(key)
      seen.push(await focused())
    }
    expect(seen).toEqual(['parts 0', 'parts 1', 'parts 2', 'lines 1', 'values 1', 'text 1', 'text 0', 'values 0'])
    await item('values', 0).click()
  })

  it('steps through the call, and shows the text as it stood', async () => {
    const answer = details(/^Text (?:of|at)/).locator('pre')
    await wire().getByLabel('Moment').fill('0')
    expect(await answer.textContent()).toBe('')
    const states = new Set<string>()
    for (let step = 0; step < 60 && (await answer.textContent()) !== words.join(''); step += 1) {
      await wire().getByRole('button', { name: 'Step forward' }).click()
      states.add((await answer.textContent()) ?? '')
    }
    expect([...states].filter((state) => state !== '')).toEqual(['Café', 'Café and', 'Café and 東', 'Café and 東京'])
    await wire().getByRole('button', { name: 'Step back' }).click()
    expect(await answer.textContent()).toBe('Café and 東')
    expect(await wire().locator('g.later[data-lane=text]').count()).toBe(1)
  })

  it('replays the call at its own pace', async () => {
    await wire().getByLabel('Moment').fill('0')
    await wire().getByLabel('Pace', { exact: true }).selectOption('0.5×')
    const startedAt = performance.now()
    await wire().getByRole('button', { name: 'Replay' }).click()
    await wire().getByRole('button', { name: 'Pause' }).waitFor()
    await wire().getByRole('button', { name: 'Replay' }).waitFor()
    const recorded = Number(await wire().getByLabel('Moment').getAttribute('max'))
    expect(performance.now() - startedAt).toBeGreaterThan(recorded)
    expect(Number(await wire().getByLabel('Moment').inputValue())).toBeCloseTo(recorded, 0)
    await wire().getByRole('button', { name: 'All' }).click()
    expect(await wire().locator('g.later').count()).toBe(0)
  })

  it('saves a capture that holds what was sent, and loads it in another page', async () => {
    const downloading = page.waitForEvent('download')
    await wire().getByRole('button', { name: 'Save' }).click()
    const download = await downloading
    expect(download.suggestedFilename()).toBe('capture.jsonl')
    const path = join(await playground.temporaryFolder(), 'capture.jsonl')
    await download.saveAs(path)
    const capture = parseCapture(await readFile(path, 'utf8'))
    const saved = capture.events.flatMap((event) => (event.type === 'part' ? [Buffer.from(event.bytes, 'base64')] : []))
    expect(saved.map((bytes) => bytes.toString('hex'))).toEqual(parts.map((bytes) => bytes.toString('hex')))
    expect(JSON.stringify(capture)).not.toMatch(/accessKey|secret|credential|authorization/i)

    const other = await playground.open()
    await other.getByRole('button', { name: 'Wire' }).click()
    const elsewhere = other.getByLabel('Wire inspector')
    await elsewhere
      .getByLabel('Load a capture')
      .setInputFiles({ name: 'capture.jsonl', mimeType: 'application/jsonl', buffer: await readFile(path) })
    await elsewhere.getByRole('button', { name: 'Fit' }).click()
    await elsewhere
      .locator('g[data-lane=text]')
      .nth(words.length - 1)
      .waitFor()
    const counts = await Promise.all(
      ['parts', 'lines', 'values', 'text'].map((lane) => elsewhere.locator(`g[data-lane=${lane}]`).count()),
    )
    expect(counts).toEqual([parts.length, lines.length, lines.length, words.length])
    expect(await elsewhere.locator('[data-cut]').count()).toBe(2)
    await other.context().close()
  })

  it('says what is wrong with a file that is no capture, and keeps what it shows', async () => {
    const path = join(await playground.temporaryFolder(), 'notes.jsonl')
    await writeFile(path, '{"type":"note"}\n')
    await wire().getByLabel('Load a capture').setInputFiles(path)
    expect(await wire().getByRole('alert').innerText()).toMatch(/^Line 1, /)
    expect(await items('parts').count()).toBe(parts.length)
  })

  it('leaves the console quiet', () => {
    expect(playground.complaints).toEqual([])
  })
})
