import axe from 'axe-core'
import { demoLanguageModel } from '@x/sagemaker-local'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reasoningModel } from '../demo/reasoning-model.ts'
import { findChromium } from '@x/tools/find-chromium'
import { openPlayground, type OpenedPlayground } from '../test-support/open-playground.ts'

const chromium = findChromium()

describe.skipIf(chromium === undefined)('the code of a call, in Chromium', { timeout: 60_000 }, () => {
  let playground: OpenedPlayground

  beforeAll(async () => {
    playground = await openPlayground(chromium ?? '', {
      'demo-llm': demoLanguageModel({ format: 'tgi' }),
      reasoner: reasoningModel(40),
    })
  }, 60_000)
  afterAll(() => playground?.[Symbol.asyncDispose]())

  const ask = async (page: Page, prompt: string) => {
    await page.getByLabel('Prompt', { exact: true }).fill(prompt)
    await page.keyboard.press('Enter')
  }
  const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'This call as code' })
  const codeOf = (page: Page) => dialogOf(page).getByRole('tabpanel').locator('pre')
  const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText())

  it('opens from an answer, and copies what it shows', async () => {
    const page = await playground.open({ permissions: ['clipboard-read', 'clipboard-write'] })
    const prompt = `It's "hard": \\ \${HOME} $(id) 世界 👩‍🚀 <b>bold</b>`
    await ask(page, prompt)
    await page.locator('article[data-status=done]').waitFor()
    await page.getByRole('button', { name: 'Code', exact: true }).click()

    expect(await codeOf(page).textContent()).toContain(`import { SagemakerLLM } from '@x/sagemaker-llm'`)
    await codeOf(page).locator('.hljs-keyword').first().waitFor()
    for (const [tab, start] of [
      ['TypeScript', 'import { SagemakerLLM }'],
      ['AI SDK', 'import { createSagemaker }'],
      ['AWS SDK', 'import { InvokeEndpointWithResponseStreamCommand'],
      ['curl', 'curl --silent'],
    ] as const) {
      await dialogOf(page).getByRole('tab', { name: tab }).click()
      await dialogOf(page).getByRole('button', { name: 'Copy' }).click()
      await dialogOf(page).getByRole('button', { name: 'Copied' }).waitFor()
      const copied = await clipboard(page)
      expect(copied.startsWith(start)).toBe(true)
      expect(copied).toBe(await codeOf(page).textContent())
    }
    const sent = playground.runtime.requests.at(-1)?.text ?? ''
    expect(sent).toContain('bold')
    expect(await clipboard(page)).toContain(sent.replaceAll("'", String.raw`'\''`))
    expect(await codeOf(page).locator('b').count()).toBe(0)
    await page.context().close()
  })

  it('is used with the keyboard alone, and gives the focus back', async () => {
    const page = await playground.open()
    await ask(page, 'Hello')
    await page.locator('article[data-status=done]').waitFor()
    const button = page.getByRole('button', { name: 'Code', exact: true })
    await button.focus()
    await page.keyboard.press('Enter')
    const tab = (name: string) => dialogOf(page).getByRole('tab', { name, selected: true })
    await dialogOf(page).waitFor()
    await expect.poll(() => tab('TypeScript').evaluate((element) => element === document.activeElement)).toBe(true)
    for (const [key, name] of [
      ['ArrowRight', 'AI SDK'],
      ['ArrowRight', 'AWS SDK'],
      ['End', 'Vitest'],
      ['ArrowRight', 'TypeScript'],
      ['ArrowLeft', 'Vitest'],
      ['Home', 'TypeScript'],
    ] as const) {
      await page.keyboard.press(key)
      await tab(name).waitFor()
      expect(await tab(name).evaluate((element) => element === document.activeElement)).toBe(true)
    }
    // One stop for all tabs, then Copy, then the code itself.
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('tabpanel')
    await page.keyboard.press('Escape')
    await dialogOf(page).waitFor({ state: 'hidden' })
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true)
    await page.context().close()
  })

  it('lets a call that runs go on when Escape closes it', async () => {
    const page = await playground.open()
    await page.getByLabel('Endpoint 1', { exact: true }).selectOption({ label: 'reasoner' })
    await ask(page, 'What is the weather in Paris?')
    await page.locator('article[data-status=running]').waitFor()
    await page.getByRole('button', { name: 'Code', exact: true }).click()
    await codeOf(page).waitFor()
    await page.keyboard.press('Escape')
    await dialogOf(page).waitFor({ state: 'hidden' })
    await page.locator('article:not([data-status=running])').waitFor()
    expect(await page.locator('article').getAttribute('data-status')).toBe('done')
    await page.context().close()
  })

  it('is not offered for a conversation from the history, whose wire was not kept', async () => {
    const page = await playground.open()
    await ask(page, 'Keep this')
    await page.locator('article[data-status=done]').waitFor()
    await page.reload()
    await page.getByRole('button', { name: 'History' }).click()
    await page.getByRole('button', { name: /^Keep this/ }).click()
    await page.locator('article[data-status=done]').waitFor()
    expect(await page.getByRole('button', { name: 'Code', exact: true }).count()).toBe(0)
    await page.context().close()
  })

  it.each([
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ])('has nothing for axe to find at $width pixels, light and dark', async (viewport) => {
    const page = await playground.open({ viewport })
    await page.evaluate(axe.source)
    await ask(page, `It's about ${'waves '.repeat(30)}`)
    await page.locator('article[data-status=done]').waitFor()
    await page.getByRole('button', { name: 'Code', exact: true }).click()
    for (const name of ['TypeScript', 'AI SDK', 'AWS SDK', 'curl', 'Vitest']) {
      await dialogOf(page).getByRole('tab', { name }).click()
      await codeOf(page).locator('[class^=hljs]').first().waitFor()
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run())
        expect(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`),
        ).toEqual([])
      }
      const overflow = await dialogOf(page).evaluate((element) => element.scrollWidth - element.clientWidth)
      expect(overflow).toBe(0)
    }
    await page.context().close()
  })

  it('leaves the console quiet', () => {
    expect(playground.complaints).toEqual([])
  })
})
