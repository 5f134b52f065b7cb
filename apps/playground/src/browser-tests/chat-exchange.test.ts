import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { demoLanguageModel } from '@x/sagemaker-local'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessibilityViolations } from '../test-support/accessibility-violations.ts'
import { findChromium } from '@x/tools/find-chromium'
import { openPlayground, type OpenedPlayground } from '../test-support/open-playground.ts'
import { saying } from '../test-support/stream-script.ts'

const chromium = findChromium()

describe.skipIf(chromium === undefined)(
  'what a conversation gives and takes, in Chromium',
  { timeout: 120_000 },
  () => {
    let playground: OpenedPlayground

    beforeAll(async () => {
      playground = await openPlayground(chromium ?? '', {
        saying: saying('Sunny with some wind'),
        'demo-llm': demoLanguageModel(),
      })
    }, 60_000)
    afterAll(() => playground?.[Symbol.asyncDispose]())

    const ask = async (page: Page, prompt: string) => {
      const answers = page.locator('article[data-status=done]')
      const count = await answers.count()
      await page.getByLabel('Prompt', { exact: true }).fill(prompt)
      await page.keyboard.press('Enter')
      await answers.nth(count).waitFor()
    }
    const sent = (back = 1) =>
      JSON.parse(playground.runtime.requests.at(-back)?.text ?? '{}') as Record<string, unknown>
    const temperature = (page: Page) => page.getByRole('textbox', { name: /^Temperature/ })

    it('exports and imports a conversation, finds it again, and loads a link without running it', async () => {
      const page = await playground.open({ permissions: ['clipboard-read', 'clipboard-write'] })
      const folder = await playground.temporaryFolder()
      await page.getByLabel('System prompt').fill('Be brief.')
      await ask(page, 'How is the weather?')
      expect(await page.locator('[role=status]').allInnerTexts()).toContain('Answer complete')

      await page.getByRole('button', { name: 'Share' }).click()
      expect(await accessibilityViolations(page)).toEqual([])
      const save = async (name: string, as: string) => {
        const downloading = page.waitForEvent('download')
        await page.getByRole('button', { name }).click()
        const path = join(folder, as)
        await (await downloading).saveAs(path)
        return path
      }
      const json = await save('Export as JSON', 'conversation.json')
      const markdown = await save('Export as Markdown', 'conversation.md')
      expect(await readFile(markdown, 'utf8')).toBe(
        '# How is the weather?\n\n## You\n\nHow is the weather?\n\n## saying\n\nSunny with some wind\n',
      )
      await page.getByRole('button', { name: 'Copy link to this call' }).click()
      await page.getByRole('button', { name: 'Link copied' }).waitFor()
      const link = await page.evaluate(() => navigator.clipboard.readText())
      await page.context().close()

      // Another browser.
      const other = await playground.open()
      const picker = other.getByLabel('Conversation to import')
      const broken = join(folder, 'broken.json')
      await writeFile(broken, '{"type":"sagemaker-playground-conversation","version":9}')
      await other.getByRole('button', { name: 'Share' }).click()
      await picker.setInputFiles(broken)
      await other
        .getByRole('alert')
        .filter({ hasText: 'At version: this conversation was exported by another version' })
        .waitFor()
      await picker.setInputFiles(json)
      await other.locator('[data-answer]').filter({ hasText: 'Sunny with some wind' }).waitFor()
      await other.getByRole('button', { name: 'New' }).click()
      await ask(other, 'Something else')
      await other.getByRole('button', { name: 'History' }).click()
      await other.getByLabel('Search in the history').fill('weather')
      await expect
        .poll(() => other.locator('[role=dialog] .open span').allInnerTexts())
        .toEqual(['How is the weather?'])
      expect(await accessibilityViolations(other)).toEqual([])
      await other.keyboard.press('Escape')

      // The link brings endpoint, settings and prompt. Nothing is sent before the user does.
      const before = playground.runtime.requests.length
      await other.goto(link)
      await other.getByText('Loaded from a link. Nothing has been sent yet').waitFor()
      expect(await other.getByLabel('Prompt', { exact: true }).inputValue()).toBe('How is the weather?')
      expect(await other.getByLabel('System prompt').inputValue()).toBe('Be brief.')
      expect(other.url()).toBe(`${playground.server.url}/#chat`)
      expect(playground.runtime.requests).toHaveLength(before)
      await other.getByRole('button', { name: 'Send' }).click()
      await other.locator('article[data-status=done]').waitFor()
      expect(sent()['messages']).toEqual([
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'How is the weather?' },
      ])
      // The settings of this browser stay what they were.
      await other.getByRole('button', { name: 'Use yours' }).click()
      expect(await other.getByLabel('System prompt').inputValue()).toBe('')

      // A link can name no server that this browser has not connected to, and no other view takes it.
      const call = JSON.parse(Buffer.from(link.split('call=')[1] ?? '', 'base64url').toString()) as object
      const hostile = { ...call, prompt: 'secret', endpoint: { source: 'url', name: 'x', url: 'https://example.com/' } }
      await other.goto(
        `${playground.server.url}/#chat/call=${Buffer.from(JSON.stringify(hostile)).toString('base64url')}`,
      )
      await other.getByText('which this browser has not connected to').waitFor()
      expect(await other.getByLabel('Prompt', { exact: true }).inputValue()).toBe('')
      await other.goto(`${playground.server.url}/#chat/call=garbage`)
      await other.getByText('The link is damaged.').waitFor()
      expect(playground.runtime.requests).toHaveLength(before + 1)
      await other.context().close()
    })

    it('keeps presets, and settings of each column', async () => {
      const page = await playground.open()
      await temperature(page).fill('0')
      await page.getByRole('button', { name: 'Save…' }).click()
      await page.getByLabel('Name of the preset').fill('Strict')
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: 'Reset', exact: true }).click()
      expect(await temperature(page).inputValue()).toBe('0.7')
      await page.reload()
      await page.getByLabel('Preset', { exact: true }).selectOption('Strict')
      expect(await temperature(page).inputValue()).toBe('0')

      await page.getByRole('button', { name: 'Compare' }).click()
      await page.getByLabel('Endpoint 2', { exact: true }).selectOption({ label: 'saying' })
      await page.getByLabel('Settings for').selectOption({ label: 'Column 2: saying' })
      await page.getByLabel('Own settings').check()
      await temperature(page).fill('1.5')
      const before = playground.runtime.requests.length
      await ask(page, 'Both')
      await expect.poll(() => page.locator('article[data-status=done]').count()).toBe(2)
      expect(playground.runtime.requests).toHaveLength(before + 2)
      expect([sent(1)['temperature'], sent(2)['temperature']].map(String).toSorted()).toEqual(['0', '1.5'])
      expect(await accessibilityViolations(page)).toEqual([])
      await temperature(page).fill('9')
      await page.getByText('Column 2: Temperature must be between 0 and 2.').waitFor()
      await page.getByLabel('Settings for').selectOption({ label: 'All columns' })
      await page.getByLabel('Preset', { exact: true }).selectOption('Strict')
      await page.getByRole('button', { name: 'Delete the preset “Strict”' }).click()
      await page.getByRole('option', { name: 'No presets yet' }).waitFor({ state: 'attached' })
      await page.context().close()
    })

    it('has shortcuts, a theme, and a sheet of settings that keeps the focus', async () => {
      const page = await playground.open({ viewport: { width: 390, height: 844 } })
      await page.getByLabel('Endpoint 1', { exact: true }).selectOption({ label: 'demo-llm' })
      await page.getByLabel('Prompt', { exact: true }).press('?')
      // The focus is in a field, which keeps its keys.
      expect(await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).count()).toBe(0)
      await page.getByLabel('Prompt', { exact: true }).fill('')
      const settings = page.getByRole('button', { name: 'Settings' })
      await settings.focus()
      await page.keyboard.press('?')
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
      expect(await accessibilityViolations(page)).toEqual([])
      await page.keyboard.press('Escape')
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor({ state: 'detached' })

      await page.keyboard.press('Enter')
      const sheet = page.getByRole('dialog', { name: 'Settings' })
      await sheet.waitFor()
      const max = page.getByRole('textbox', { name: /^Max new tokens/ })
      await max.fill('3')
      for (let presses = 0; presses < 30; presses++) {
        await page.keyboard.press('Tab')
        const inside = await page.evaluate(() => document.activeElement?.closest('dialog, body')?.tagName)
        expect(inside === 'DIALOG' || (await page.evaluate(() => document.activeElement === document.body))).toBe(true)
      }
      await page.keyboard.press('Escape')
      await sheet.waitFor({ state: 'detached' })
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Settings')

      const theme = page.getByRole('button', { name: /^Theme/ })
      const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
      await theme.click()
      const light = await background()
      await page.keyboard.press('t')
      await page.getByRole('button', { name: 'Theme: dark' }).waitFor()
      expect(await background()).not.toBe(light)
      await page.reload()
      await page.getByRole('button', { name: 'Theme: dark' }).waitFor()
      await page.keyboard.press('/')
      expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Prompt')

      // What ends too early says so.
      await page.getByLabel('Endpoint 1', { exact: true }).selectOption({ label: 'demo-llm' })
      await ask(page, 'What is bread made of?')
      await page.getByText('The answer is cut off: it reached the limit of 3 new tokens.').waitFor()
      expect(await accessibilityViolations(page)).toEqual([])
      await page.getByLabel('Prompt', { exact: true }).press('ArrowUp')
      expect(await page.getByLabel('Prompt', { exact: true }).inputValue()).toBe('What is bread made of?')
      await page.context().close()
    })

    it('leaves the console quiet', () => {
      expect(playground.complaints).toEqual([])
    })
  },
)
