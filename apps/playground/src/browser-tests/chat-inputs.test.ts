import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessibilityViolations } from '../test-support/accessibility-violations.ts'
import { findChromium } from '@x/tools/find-chromium'
import { openPlayground, type OpenedPlayground } from '../test-support/open-playground.ts'
import { saying } from '../test-support/stream-script.ts'

const chromium = findChromium()

/** One dot. */
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

describe.skipIf(chromium === undefined)('images, schemas and tool choice, in Chromium', { timeout: 120_000 }, () => {
  let playground: OpenedPlayground

  beforeAll(async () => {
    const endpoints = { weather: saying('{"city":"Paris","degrees":"warm"}'), cohere: saying('No images here') }
    playground = await openPlayground(chromium ?? '', endpoints, {
      endpoints: [
        { source: 'local', name: 'weather', kind: 'text', summary: '' },
        { source: 'local', name: 'cohere', kind: 'text', summary: '', handler: 'cohere' },
      ],
    })
  }, 60_000)
  afterAll(() => playground?.[Symbol.asyncDispose]())

  it('go with a prompt, or are refused before anything is sent', async () => {
    const page = await playground.open()
    const folder = await playground.temporaryFolder()
    const picture = join(folder, 'dot.png')
    const text = join(folder, 'text.png')
    await Promise.all([writeFile(picture, Buffer.from(png, 'base64')), writeFile(text, 'no picture')])
    const prompt = page.getByLabel('Prompt', { exact: true })
    const picker = page.getByLabel('Images to attach')
    const problem = page.getByLabel('Chat').getByRole('alert')
    await prompt.waitFor()

    await picker.setInputFiles(text)
    await problem.filter({ hasText: 'text.png is not a PNG, JPEG, GIF or WebP image.' }).waitFor()
    await picker.setInputFiles(picture)
    await page.getByAltText('Attached 1 of 1').waitFor()
    await prompt.fill('What is it?')
    await page.getByLabel('Endpoint 1', { exact: true }).selectOption({ label: 'cohere' })
    await problem.filter({ hasText: 'cohere takes no images' }).waitFor()
    expect(await page.getByRole('button', { name: 'Send' }).isDisabled()).toBe(true)
    expect(playground.runtime.requests).toHaveLength(0)
    await page.getByLabel('Endpoint 1', { exact: true }).selectOption({ label: 'weather' })

    await page.getByText('JSON schema', { exact: true }).click()
    await page.getByRole('button', { name: 'Insert a schema' }).click()
    await page.getByText('Tools', { exact: true }).click()
    await page.getByRole('button', { name: 'Insert an example', exact: true }).click()
    await page.getByLabel('Tool choice').selectOption('get_weather')
    await prompt.press('Enter')
    await page.locator('article[data-status=done]').waitFor()
    const sent = JSON.parse(playground.runtime.requests[0]?.text ?? '{}') as Record<string, unknown>
    expect(sent).toMatchObject({
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image_url', image_url: { url: `data:image/png;base64,${png}` } },
            { type: 'text', text: 'What is it?' },
          ],
        },
      ],
      tool_choice: { type: 'function', function: { name: 'get_weather' } },
      response_format: { type: 'json_schema' },
    })
    expect(await page.getByAltText('Attached 1 of 1').count()).toBe(1)
    await page.getByLabel('Problems with the schema').filter({ hasText: 'degrees' }).waitFor()
    expect(await page.locator('[data-answer]').innerText()).toContain('  "city": "Paris"')
    expect(await accessibilityViolations(page)).toEqual([])
    await page.reload()
    await page.getByRole('button', { name: 'History' }).click()
    await page.getByRole('button', { name: /^What is it/ }).click()
    await page.getByAltText('Attached 1 of 1').waitFor()
    expect(playground.complaints).toEqual([])
    await page.context().close()
  })
})
