import { part, scripted, stream } from '@x/sagemaker-local'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessibilityViolations } from '../test-support/accessibility-violations.ts'
import { findChromium } from '@x/tools/find-chromium'
import { openPlayground, type OpenedPlayground } from '../test-support/open-playground.ts'
import { chatEvent } from '../test-support/stream-script.ts'

const chromium = findChromium()

describe.skipIf(chromium === undefined)('versions of a conversation, in Chromium', { timeout: 120_000 }, () => {
  let playground: OpenedPlayground

  beforeAll(async () => {
    playground = await openPlayground(chromium ?? '', {
      counting: scripted(({ index }) =>
        stream([part(chatEvent({ content: `Answer ${index + 1}` })), part(chatEvent({}, 'stop'))]),
      ),
    })
  }, 60_000)
  afterAll(() => playground?.[Symbol.asyncDispose]())

  const ask = async (page: Page, prompt: string) => {
    await page.getByLabel('Prompt', { exact: true }).fill(prompt)
    await page.keyboard.press('Enter')
  }
  const shows = (page: Page, ...texts: string[]) =>
    expect
      .poll(() => page.locator('[data-question], article[data-status=done] [data-answer]').allInnerTexts(), {
        timeout: 15_000,
      })
      .toEqual(texts)
  const turn = (page: Page, index: number) => page.getByRole('group', { name: 'Turn' }).nth(index)
  const lastMessages = (): string[] => {
    const { messages } = JSON.parse(playground.runtime.requests.at(-1)?.text ?? '{}') as {
      messages: { content: string }[]
    }
    return messages.map(({ content }) => content)
  }

  it('keeps every answer and every prompt, and steps between them, across a reload', async () => {
    const page = await playground.open()
    const earlier = playground.runtime.requests.length
    const answer = (count: number) => `Answer ${earlier + count}`
    await ask(page, 'One')
    await shows(page, 'One', answer(1))
    await ask(page, 'Two')
    await shows(page, 'One', answer(1), 'Two', answer(2))

    // Another answer to the first prompt starts another course; the old one comes back with its answer.
    await turn(page, 0).getByRole('button', { name: 'Retry' }).click()
    await shows(page, 'One', answer(3))
    const answers = turn(page, 0).getByRole('group', { name: 'Versions of the answer' })
    expect(await answers.innerText()).toContain('2 of 2')
    await ask(page, 'Three')
    await shows(page, 'One', answer(3), 'Three', answer(4))
    expect(lastMessages()).toEqual(['One', answer(3), 'Three'])
    await answers.getByRole('button', { name: 'Previous answer' }).click()
    await shows(page, 'One', answer(1), 'Two', answer(2))
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Previous answer')

    // An edited prompt is another version; Escape leaves everything as it was.
    await turn(page, 1).getByRole('button', { name: 'Edit' }).click()
    await page.getByLabel('Edited prompt').fill('not this')
    await page.keyboard.press('Escape')
    await turn(page, 1).getByRole('button', { name: 'Edit' }).click()
    await page.getByLabel('Edited prompt').fill('Two, better')
    await page.keyboard.press('Enter')
    await shows(page, 'One', answer(1), 'Two, better', answer(5))
    expect(lastMessages()).toEqual(['One', answer(1), 'Two, better'])
    const prompts = turn(page, 1).getByRole('group', { name: 'Versions of the prompt' })
    expect(await prompts.innerText()).toContain('2 of 2')
    expect(await accessibilityViolations(page)).toEqual([])

    await page.reload()
    await page.getByRole('button', { name: 'History' }).click()
    await page.getByRole('button', { name: /^One/ }).click()
    await shows(page, 'One', answer(1), 'Two, better', answer(5))
    await prompts.getByRole('button', { name: 'Previous prompt' }).click()
    await shows(page, 'One', answer(1), 'Two', answer(2))
    await answers.getByRole('button', { name: 'Next answer' }).click()
    await shows(page, 'One', answer(3), 'Three', answer(4))

    // Deleting takes what follows along, and can be undone.
    await turn(page, 1).getByRole('button', { name: 'Delete' }).click()
    await shows(page, 'One', answer(3))
    await page.getByRole('button', { name: 'Undo' }).click()
    await shows(page, 'One', answer(3), 'Three', answer(4))

    // A branch is another conversation in the history.
    await turn(page, 0).getByRole('button', { name: 'Branch' }).click()
    await shows(page, 'One', answer(3))
    await page.getByRole('button', { name: 'History' }).click()
    await page.getByRole('dialog', { name: 'History' }).waitFor()
    expect(await page.getByRole('button', { name: /^One/ }).count()).toBe(2)
    await page.context().close()
  })

  it('opens with whatever the browser has kept, and keeps conversations of the first version', async () => {
    const page = await playground.open()
    const endpoint = { source: 'local', name: 'counting' }
    const request = {
      mode: 'chat',
      messages: [{ role: 'user', content: 'Old' }],
      endpoint,
      parameters: {},
      stream: true,
    }
    const events = [
      { type: 'delta', at: 1, channel: 'text', text: 'Answer of long ago' },
      { type: 'end', at: 2 },
    ]
    const startedAt = '2026-01-01T00:00:00.000Z'
    const turns = [{ prompt: 'Old', toolResults: [], answers: [{ startedAt, request, events }] }]
    const first = { id: 'old', mode: 'chat', savedAt: startedAt, panes: [endpoint], turns }
    await page.evaluate(
      (kept) => {
        localStorage.setItem('playground.history.1', kept)
        localStorage.setItem('playground.history.2', '[{"turns":[{"parentId":7}]},{"id":"x","turns":{}}]')
        localStorage.setItem(
          'playground.settings.1',
          '{"drafts":{"temperature":{},"topK":7},"systemPrompt":[],"stream":"no"}',
        )
      },
      JSON.stringify([first]),
    )
    await page.reload()
    await page.getByRole('button', { name: 'History' }).click()
    await page.getByRole('button', { name: /^Old/ }).click()
    await shows(page, 'Old', 'Answer of long ago')
    await ask(page, 'New')
    await expect.poll(() => page.locator('article[data-status=done]').count(), { timeout: 15_000 }).toBe(2)
    expect(lastMessages()).toEqual(['Old', 'Answer of long ago', 'New'])
    await page.context().close()
  })

  it('leaves the console quiet', () => {
    expect(playground.complaints).toEqual([])
  })
})
