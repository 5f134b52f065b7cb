import { part, reset, scripted, stream } from '@x/sagemaker-local'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reasoningModel } from '../demo/reasoning-model.ts'
import { unicodeModel } from '../demo/unicode-model.ts'
import { faultDescriptions } from '../server/faults/fault-catalogue.ts'
import { accessibilityViolations } from '../test-support/accessibility-violations.ts'
import { findChromium } from '@x/tools/find-chromium'
import { layoutProblems } from '../test-support/layout-problems.ts'
import { openPlayground, type OpenedPlayground } from '../test-support/open-playground.ts'
import { chatEvent } from '../test-support/stream-script.ts'

const chromium = findChromium()

const widths = [
  { width: 1440, height: 900 },
  { width: 820, height: 1180 },
  { width: 390, height: 844 },
]

/** Something to find in each view when it is there. */
const viewTexts = {
  connect: 'How it is called',
  chat: 'Endpoint',
  complete: 'Endpoint',
  embeddings: 'Texts become points',
  scores: 'Sort documents by relevance',
  calls: 'See the calls of your program',
  faults: 'Time limits are short here',
} as const

describe.skipIf(chromium === undefined)('the page for everyone, in Chromium', { timeout: 120_000 }, () => {
  let playground: OpenedPlayground

  beforeAll(async () => {
    playground = await openPlayground(
      chromium ?? '',
      {
        'demo-unicode': unicodeModel(0),
        reasoner: reasoningModel(0),
        broken: scripted(() => stream([part(chatEvent({ content: 'Half' })), reset()])),
      },
      { faults: faultDescriptions },
    )
  }, 60_000)
  afterAll(() => playground?.[Symbol.asyncDispose]())

  const ask = async (page: Page, name: string, status: string) => {
    await page.getByLabel('Endpoint 1', { exact: true }).selectOption({ label: name })
    await page.getByLabel('Prompt', { exact: true }).fill('What is the weather in Paris?')
    await page.keyboard.press('Enter')
    await page.locator(`article[data-status=${status}]`).last().waitFor()
  }

  it.each(widths)('has nothing for axe to find at $width pixels, light and dark', async (viewport) => {
    const page = await playground.open({ viewport })
    const check = async (view: string) => {
      expect({ view, violations: await accessibilityViolations(page) }).toEqual({ view, violations: [] })
    }
    await page.getByLabel('Prompt', { exact: true }).waitFor()
    await check('empty chat')
    // Where there is room, the settings stand beside the chat.
    const settings = page.getByRole('button', { name: 'Settings' })
    const narrow = await settings.isVisible()
    await ask(page, 'demo-unicode', 'done')
    await ask(page, 'broken', 'failed')
    await check('chat with an error')
    if (narrow) {
      await settings.click()
      await check('settings')
    }
    await page.getByText('Tools', { exact: true }).click()
    await page.getByRole('button', { name: 'Insert an example' }).click()
    if (narrow) await page.getByRole('button', { name: 'Done' }).click()
    await ask(page, 'reasoner', 'done')
    await check('chat with a tool call')
    await page.getByRole('banner').getByRole('button', { name: 'Wire' }).click()
    await page.getByLabel('Wire inspector').getByRole('button', { name: 'Fit' }).click()
    await check('wire')
    await page.locator('g[data-lane=values]').first().click()
    await check('wire with an item')
    await page.getByRole('link', { name: 'Faults' }).click()
    await page.getByRole('navigation', { name: 'Faults' }).waitFor()
    await check('faults')
    await page.getByRole('link', { name: 'Chat' }).click()
    await page.getByLabel('Endpoint 1', { exact: true }).selectOption({ label: 'Connect to an endpoint…' })
    await page.getByLabel('Endpoint name').waitFor()
    await check('connect')
    await page.context().close()
  })

  it('can be read and hit in every view, and has nothing cut off, from 320 pixels up', async () => {
    const page = await playground.open()
    const problems: string[] = []
    for (const [view, text] of Object.entries(viewTexts)) {
      await page.goto(`${playground.server.url}/#${view}`)
      await page.locator('main').getByText(text).first().waitFor({ state: 'attached' })
      for (const width of [320, 390, 820, 1440]) {
        await page.setViewportSize({ width, height: 900 })
        for (const problem of await layoutProblems(page)) problems.push(`${view} at ${width}: ${problem}`)
      }
    }
    expect(problems).toEqual([])
    await page.context().close()
  })

  it('has a way past the navigation', async () => {
    const page = await playground.open()
    await page.getByLabel('Prompt', { exact: true }).waitFor()
    await page.evaluate(() => (document.activeElement as HTMLElement).blur())
    await page.keyboard.press('Tab')
    const skip = page.getByRole('button', { name: 'Skip to the content' })
    if (!(await skip.evaluate((element) => element === document.activeElement))) await skip.focus()
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('MAIN')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true)
    expect(page.url()).not.toContain('#main')
    await page.context().close()
  })

  it('can be used with the keyboard alone', async () => {
    const page = await playground.open()
    await page.getByLabel('Prompt', { exact: true }).waitFor()
    const reached = new Set<string>()
    for (let count = 0; count < 60; count += 1) {
      await page.keyboard.press('Tab')
      reached.add(
        await page.evaluate(() => {
          const element = document.activeElement
          return element?.getAttribute('aria-label') ?? element?.textContent?.trim().slice(0, 30) ?? ''
        }),
      )
    }
    expect([...reached]).toEqual(
      expect.arrayContaining(['Chat', 'Complete', 'Faults', 'Wire', 'Endpoint 1', 'Compare', 'History', 'Prompt']),
    )
    await page.context().close()
  })

  it('leaves the console quiet', () => {
    expect(playground.complaints).toEqual([])
  })
})
