import { containerError, demoLanguageModel, part, reset, scripted, stream } from '@x/sagemaker-local'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reasoningModel } from '../demo/reasoning-model.ts'
import { findChromium } from '@x/tools/find-chromium'
import { openPlayground, type OpenedPlayground } from '../test-support/open-playground.ts'
import { chatEvent, saying } from '../test-support/stream-script.ts'

const chromium = findChromium()

/** Sends tokens, ten to a line, until the client leaves. */
async function* endless() {
  for (let count = 0; ; count += 1) {
    yield part(chatEvent({ content: count % 10 === 9 ? ` ${count}\n` : ` ${count}` }))
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

const hostileText =
  '<img src=x onerror="window.injected=1"> <script>window.injected=1</script> **bold** [link](javascript:window.injected=1) ' +
  '<a href="https://example.com/" onclick="window.injected=1">a</a> <iframe srcdoc="<script>parent.injected=1</script>"></iframe>'

describe.skipIf(chromium === undefined)('the chat, in Chromium', { timeout: 30_000 }, () => {
  let playground: OpenedPlayground

  beforeAll(async () => {
    playground = await openPlayground(chromium ?? '', {
      'demo-llm': demoLanguageModel({ format: 'tgi' }),
      'demo-openai': demoLanguageModel({ format: 'openai' }),
      reasoner: reasoningModel(0),
      endless: scripted(() => stream(endless())),
      hostile: saying(hostileText),
      broken: scripted(() => stream([part(chatEvent({ content: 'Only the beginning' })), reset()])),
      refusing: scripted(() =>
        containerError(422, { error: 'temperature must be strictly positive', error_type: 'validation' }),
      ),
      counting: scripted(({ index }) =>
        stream([part(chatEvent({ content: `Answer ${index + 1}` })), part(chatEvent({}, 'stop'))]),
      ),
    })
  }, 60_000)
  afterAll(() => playground?.[Symbol.asyncDispose]())

  const choose = (page: Page, pane: number, name: string) =>
    page.getByLabel(`Endpoint ${pane}`, { exact: true }).selectOption({ label: name })
  const ask = async (page: Page, prompt: string) => {
    await page.getByLabel('Prompt', { exact: true }).fill(prompt)
    await page.keyboard.press('Enter')
  }
  const answers = (page: Page, status: string) => page.locator(`article[data-status=${status}]`)

  it('sends a prompt and shows the answer with its figures', async () => {
    const page = await playground.open()
    await ask(page, 'Why do waves break?')
    const answer = answers(page, 'done')
    await answer.waitFor()
    expect((await answer.locator('[data-answer]').innerText()).length).toBeGreaterThan(20)
    const figures = answer.locator('footer')
    expect((await figures.locator('> dl').innerText()).replaceAll(/\s+/g, ' ')).toMatch(
      /^First token [\d.]+ m?s Tokens\/s [\d,.]+ Tokens \d+$/,
    )
    await page.getByLabel('Price').fill('1.52')
    await figures.getByText('Details').click()
    expect((await figures.locator('details dl').innerText()).replaceAll(/\s+/g, ' ')).toMatch(
      /Input tokens \d+ Median gap .+ 95 % of gaps .+ Total .+ Cost \$0\.\d+ Stop reason (?:end_turn|max_tokens)/,
    )
    await page.context().close()
  })

  it('shows tokens while they arrive, and Stop closes the connection to the container', async () => {
    const page = await playground.open()
    const idleSockets = playground.runtime.openSockets
    await choose(page, 1, 'endless')
    await page.getByLabel('Prompt', { exact: true }).fill('Count')
    await page.getByRole('button', { name: 'Send' }).click()
    const answer = page.locator('[data-answer]')
    await answer.filter({ hasText: / 20/ }).waitFor()
    const firstLine = await answer.locator('.line').first().elementHandle()
    await answer.filter({ hasText: / 40/ }).waitFor()
    // It is drawn once, however long the answer grows.
    expect(await firstLine?.evaluate((line) => [line.isConnected, line.textContent])).toEqual([
      true,
      ' 0 1 2 3 4 5 6 7 8 9',
    ])
    expect(playground.runtime.activeRequests).toBe(1)
    await page.getByLabel('Chat').getByRole('button', { name: 'Stop' }).first().click()
    await playground.runtime.idle()
    await playground.runtime.waitForOpenSockets(idleSockets)
    await answers(page, 'stopped').waitFor()
    const stopped = await answer.innerText()
    expect(stopped).toMatch(/^ 0 1 2 3 4 5 6 7 8 9\n 10 11 /)
    expect(await answer.innerText()).toBe(stopped)
    await page.context().close()
  })

  it('stops at the Escape key', async () => {
    const page = await playground.open()
    await choose(page, 1, 'endless')
    await ask(page, 'Count')
    await page.locator('[data-answer]').filter({ hasText: / 3/ }).waitFor()
    await page.keyboard.press('Escape')
    await answers(page, 'stopped').waitFor()
    await playground.runtime.idle()
    expect(playground.runtime.activeRequests).toBe(0)
    await page.context().close()
  })

  it('ends the call when the page is closed', async () => {
    const page = await playground.open()
    const idleSockets = playground.runtime.openSockets
    await choose(page, 1, 'endless')
    await ask(page, 'Count')
    await page.locator('[data-answer]').filter({ hasText: / 5/ }).waitFor()
    await page.close()
    await playground.runtime.idle()
    await playground.runtime.waitForOpenSockets(idleSockets)
    expect(playground.runtime.activeRequests).toBe(0)
  })

  it('asks up to three endpoints the same, each with its own course of the conversation', async () => {
    const page = await playground.open()
    const compare = page.getByRole('button', { name: 'Compare' })
    await compare.click()
    await compare.click()
    expect(await compare.count()).toBe(0)
    await choose(page, 2, 'counting')
    await choose(page, 3, 'broken')
    const before = playground.runtime.requests.length
    await ask(page, 'First?')
    await answers(page, 'running').first().waitFor({ state: 'detached' })
    await answers(page, 'failed').waitFor()
    expect(await answers(page, 'done').count()).toBe(2)
    await ask(page, 'Second?')
    await answers(page, 'failed').nth(1).waitFor()
    await expect.poll(() => answers(page, 'done').count(), { timeout: 10_000 }).toBe(4)

    const roles = playground.runtime.requests.slice(before).map(({ endpointName, text }) => {
      const { messages } = JSON.parse(text) as { messages: { role: string }[] }
      return `${endpointName}: ${messages.map(({ role }) => role).join(' ')}`
    })
    expect(roles.toSorted()).toEqual([
      'broken: user',
      'broken: user assistant user',
      'counting: user',
      'counting: user assistant user',
      'demo-llm: user',
      'demo-llm: user assistant user',
    ])
    await page.getByRole('button', { name: 'Remove endpoint 3' }).click()
    expect(await answers(page, 'failed').count()).toBe(0)
    await page.context().close()
  })

  it('shows an error with its code, what to do, and what arrived before', async () => {
    const page = await playground.open()
    await choose(page, 1, 'broken')
    await ask(page, 'Tell me')
    const failed = answers(page, 'failed')
    await failed.waitFor()
    expect(await failed.locator('[data-answer]').innerText()).toBe('Only the beginning')
    const error = failed.getByRole('alert')
    expect(await error.locator('code').first().innerText()).toBe('stream-interrupted')
    expect(await error.innerText()).toContain('is not the whole answer')
    await page.getByRole('button', { name: 'New' }).click()

    await choose(page, 1, 'refusing')
    await ask(page, 'Tell me')
    await failed.waitFor()
    expect(await error.locator('code').first().innerText()).toBe('invalid-request')
    await error.getByText('Details').click()
    expect(await error.innerText()).toMatch(/Container status\s+422[\s\S]+temperature must be strictly positive/)
    await page.context().close()
  })

  it('shows reasoning and tool calls apart, and goes on with the result of the tool', async () => {
    const page = await playground.open()
    await choose(page, 1, 'reasoner')
    await page.getByText('Tools', { exact: true }).click()
    await page.getByRole('button', { name: 'Insert an example' }).click()
    await ask(page, 'What is the weather in Paris?')
    const answer = answers(page, 'done')
    await answer.waitFor()
    expect(await answer.locator('.reasoning').innerText()).toContain('get_weather can')
    expect(await answer.getByLabel('Tool call').innerText()).toContain('"city": "Paris"')
    expect(await answer.locator('[data-answer]').count()).toBe(0)
    await answer.getByLabel('Result of get_weather').fill('sunny, 21 degrees')
    await answer.getByRole('button', { name: 'Send result' }).click()
    await answer.nth(1).waitFor()
    expect(await page.locator('[data-answer]').innerText()).toBe('The tool says: sunny, 21 degrees.')
    await page.context().close()
  })

  it('lets an endpoint continue a text', async () => {
    const page = await playground.open({}, '#complete')
    await ask(page, 'The tide rises')
    await answers(page, 'done').waitFor()
    expect(await answers(page, 'done').locator('.text').innerText()).toMatch(/^The tide rises.{10,}/)
    expect(playground.runtime.requests.at(-1)?.text).toContain('"inputs":"The tide rises"')
    await page.context().close()
  })

  it('says what is wrong with a parameter before anything is sent', async () => {
    const page = await playground.open()
    const before = playground.runtime.requests.length
    await page.getByRole('textbox', { name: /^Temperature/ }).fill('7')
    await ask(page, 'Hello')
    expect(await page.getByLabel('Chat').getByRole('alert').innerText()).toBe('Temperature must be between 0 and 2.')
    expect(await page.getByRole('button', { name: 'Send' }).isDisabled()).toBe(true)
    expect(playground.runtime.requests).toHaveLength(before)
    await page.context().close()
  })

  it('keeps conversations and settings in the browser', async () => {
    const page = await playground.open()
    await choose(page, 1, 'counting')
    await page.getByLabel('System prompt').fill('Be brief.')
    await ask(page, 'Keep this')
    await answers(page, 'done').waitFor()
    const said = await page.locator('[data-answer]').innerText()
    await page.reload()
    expect(await page.getByLabel('System prompt').inputValue()).toBe('Be brief.')
    await page.getByRole('button', { name: 'History' }).click()
    await page.getByRole('button', { name: /^Keep this/ }).click()
    expect(await page.locator('[data-answer]').innerText()).toBe(said)
    expect(await page.getByLabel('Endpoint 1', { exact: true }).inputValue()).toContain('counting')
    await ask(page, 'And this')
    await answers(page, 'done').nth(1).waitFor()
    expect(playground.runtime.requests.at(-1)?.text).toContain('Keep this')
    await page.context().close()
  })

  it.each([['as text'], ['as Markdown']])('lets no markup of a model into the page, %s', async (way) => {
    const page = await playground.open()
    await choose(page, 1, 'hostile')
    if (way === 'as Markdown') await page.getByLabel('Show answers as Markdown').check()
    await ask(page, 'Try it')
    await answers(page, 'done').waitFor()
    const answer = page.locator('[data-answer]')
    if (way === 'as Markdown') await answer.locator('strong').waitFor()
    expect(await answer.locator('img, script, iframe, [onclick], [href^=javascript]').count()).toBe(0)
    expect(await page.evaluate('window.injected')).toBeUndefined()
    expect(await answer.innerText()).toContain(way === 'as text' ? hostileText : '<script>window.injected=1</script>')
    await page.context().close()
  })

  it('leaves the console quiet', () => {
    expect(playground.complaints).toEqual([])
  })
})
