import { demoLanguageModel, part, scripted, stream } from '@x/sagemaker-local'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from './test-support/find-chromium.ts'
import { openPlayground } from './test-support/open-playground.ts'
import type { OpenedPlayground } from './test-support/open-playground.ts'

const chromium = findChromium()
const token = (text: string) =>
  part(`data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: text } }] })}\n\n`)

/** Sends tokens until the client leaves. */
async function* endless() {
  for (let count = 0; ; count += 1) {
    yield token(` ${count}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

describe.skipIf(chromium === undefined)('the chat, in Chromium', { timeout: 30_000 }, () => {
  let playground: OpenedPlayground

  beforeAll(async () => {
    playground = await openPlayground(chromium ?? '', {
      'demo-llm': demoLanguageModel({ format: 'tgi' }),
      endless: scripted(() => stream(endless())),
    })
  }, 60_000)
  afterAll(() => playground?.[Symbol.asyncDispose]())

  it('sends a prompt and shows the answer with its figures', async () => {
    const page = await playground.open()
    await page.getByLabel('Prompt', { exact: true }).fill('Why do waves break?')
    await page.keyboard.press('Enter')
    const answer = page.getByRole('article')
    await answer.and(page.locator('[data-status=done]')).waitFor()
    expect((await answer.locator('[data-answer]').innerText()).length).toBeGreaterThan(20)
    const figures = await answer.locator('dl').innerText()
    expect(figures.replaceAll(/\s+/g, ' ')).toMatch(/First token [\d.]+ m?s.* out \d+ .*Stop (?:end_turn|max_tokens)/)
    await page.context().close()
  })

  it('shows tokens while they arrive, and Stop closes the connection to the container', async () => {
    const page = await playground.open()
    const idleSockets = playground.runtime.openSockets
    await page.getByLabel('Endpoint 1').selectOption({ label: 'endless' })
    await page.getByLabel('Prompt', { exact: true }).fill('Count')
    await page.getByRole('button', { name: 'Send' }).click()
    const answer = page.locator('[data-answer]')
    await answer.filter({ hasText: / 20/ }).waitFor()
    expect(playground.runtime.activeRequests).toBe(1)
    await page.getByLabel('Chat').getByRole('button', { name: 'Stop' }).first().click()
    await playground.runtime.idle()
    await playground.runtime.waitForOpenSockets(idleSockets)
    await page.locator('article[data-status=stopped]').waitFor()
    const stopped = await answer.innerText()
    expect(stopped).toMatch(/^ 0 1 2 3/)
    expect(await answer.innerText()).toBe(stopped)
    await page.context().close()
  })

  it('ends the call when the page is closed', async () => {
    const page = await playground.open()
    const idleSockets = playground.runtime.openSockets
    await page.getByLabel('Endpoint 1').selectOption({ label: 'endless' })
    await page.getByLabel('Prompt', { exact: true }).fill('Count')
    await page.keyboard.press('Enter')
    await page.locator('[data-answer]').filter({ hasText: / 5/ }).waitFor()
    await page.close()
    await playground.runtime.idle()
    await playground.runtime.waitForOpenSockets(idleSockets)
    expect(playground.runtime.activeRequests).toBe(0)
  })

  it('leaves the console quiet', () => {
    expect(playground.complaints).toEqual([])
  })
})
