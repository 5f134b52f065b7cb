import { writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { demoEmbeddingModel, demoLanguageModel } from '@x/sagemaker-local'
import { findChromium } from '@x/tools/find-chromium'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { accessibilityViolations } from '../test-support/accessibility-violations.ts'
import { openPlayground, type OpenedPlayground } from '../test-support/open-playground.ts'
import { chatEvent } from '../test-support/stream-script.ts'

const chromium = findChromium()

describe.skipIf(chromium === undefined)('connecting, in Chromium', { timeout: 30_000 }, () => {
  let playground: OpenedPlayground
  let openai: Server
  let page: Page

  beforeAll(async () => {
    playground = await openPlayground(
      chromium ?? '',
      {
        'my-command': demoLanguageModel({ format: 'cohere' }),
        'my-llama': demoLanguageModel({ format: 'tgi' }),
        'my-openai': demoLanguageModel({ format: 'openai' }),
        'my-bge': demoEmbeddingModel(),
      },
      { endpoints: [] },
    )
    // AWS is the local runtime, which checks signatures and has a control plane.
    const config = join(await playground.temporaryFolder(), 'config')
    await writeFile(config, '[default]\nregion = eu-west-1\n[profile work]\nregion = us-west-2\n[sso-session a b]\n')
    vi.stubEnv('AWS_CONFIG_FILE', config)
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nonexistent')
    vi.stubEnv('AWS_ENDPOINT_URL_SAGEMAKER', playground.runtime.url)
    vi.stubEnv('AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME', playground.runtime.url)
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE')
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example')
    openai = createServer((request, response) => {
      if (request.url === '/v1/models') response.end(JSON.stringify({ object: 'list', data: [{ id: 'tiny' }] }))
      else response.end(`${chatEvent({ content: 'From elsewhere' })}${chatEvent({}, 'stop')}data: [DONE]\n\n`)
    })
    await new Promise<void>((resolve) => openai.listen(0, '127.0.0.1', resolve))
    page = await playground.open({}, '#connect')
  }, 60_000)
  afterAll(async () => {
    vi.unstubAllEnvs()
    openai.close()
    await playground?.[Symbol.asyncDispose]()
  })

  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' })
  const found = () => page.getByRole('list', { name: 'Endpoints' })
  const connect = () => page.getByRole('link', { name: 'Connect', exact: true }).click()
  const ask = async (prompt: string) => {
    // Waits for the view, whose conversation may have answers of earlier calls.
    await page.getByLabel('Prompt', { exact: true }).fill(prompt)
    const answers = page.locator('article[data-status=done]')
    const earlier = await answers.count()
    await page.keyboard.press('Enter')
    await answers.nth(earlier).waitFor()
  }

  it('lists the endpoints of an account, with what runs in each, and calls one in its format', async () => {
    await page.getByLabel('Profile').selectOption({ label: 'work · us-west-2' })
    expect(await page.getByLabel('Region').inputValue()).toBe('us-west-2')
    await page.getByLabel('Profile').selectOption('')
    await page.getByLabel('Region').fill('us-east-1')
    await button('List endpoints').click()
    await found()
      .getByText(/· language · cohere/)
      .waitFor()
    expect(await page.getByText(/^Account \d{12}, /).count()).toBe(1)
    expect(await accessibilityViolations(page)).toEqual([])
    await found()
      .getByRole('button', { name: /my-command/ })
      .click()
    expect(await page.getByLabel('Container format').inputValue()).toBe('cohere')
    await button('Use in Chat').click()
    await ask('Why do waves break?')
    expect(JSON.parse(playground.runtime.requests.at(-1)!.text)).toMatchObject({ message: 'Why do waves break?' })
  })

  it('examines an endpoint: what runs in it, a call, and the program that makes it', async () => {
    await connect()
    await button('Run doctor').click()
    await page.getByRole('heading', { name: 'What doctor found' }).waitFor()
    expect(await page.getByRole('status').locator('pre').last().textContent()).toContain('contentHandler: cohere()')
    expect(await accessibilityViolations(page)).toEqual([])
  })

  it('sends what is filled in: attributes, variant, model, session and parameters', async () => {
    await button(/^my-llama/)
      .first()
      .click()
    await page.getByLabel('Custom attributes').fill('accept_eula=true')
    await page.getByLabel('Variant').fill('AllTraffic')
    await page.getByLabel('Model name').fill('tiny')
    await page.getByLabel('Extra parameters').fill('{ "top_a": ')
    await page.getByText('This is not JSON.').waitFor()
    expect(await button('Use in Chat').isDisabled()).toBe(true)
    await page.getByLabel('Extra parameters').fill('{ "top_a": 0.2 }')
    await button('Use in Chat').click()
    await ask('Hi')
    const request = playground.runtime.requests.at(-1)!
    expect(JSON.parse(request.text)).toMatchObject({ model: 'tiny', top_a: 0.2 })
    expect(request.headers).toMatchObject({
      'x-amzn-sagemaker-custom-attributes': 'accept_eula=true',
      'x-amzn-sagemaker-target-variant': 'AllTraffic',
    })
    await page.locator('article').last().getByRole('button', { name: 'Code' }).click()
    const code = await page.getByRole('dialog').getByRole('tabpanel').textContent()
    expect(code).toContain("customAttributes: 'accept_eula=true'")
    await button('Close').click()
  })

  it('calls a running local runtime, a completion in the chosen format', async () => {
    await connect()
    await page.getByLabel('A running sagemaker-local').check()
    await page.getByLabel('Address').fill(playground.runtime.url)
    await button('List endpoints').click()
    await found()
      .getByRole('button', { name: /my-openai.*language/s })
      .click()
    for (const name of ['Custom attributes', 'Variant', 'Model name', 'Extra parameters'])
      await page.getByLabel(name).fill('')
    await page.getByLabel('Container format').selectOption('openai')
    await button('Use in Complete').click()
    await ask('The tide rises')
    expect(JSON.parse(playground.runtime.requests.at(-1)!.text)).toMatchObject({ prompt: 'The tide rises' })
  })

  it('calls an OpenAI-compatible server through its own runtime', async () => {
    await connect()
    await page.getByLabel(/OpenAI-compatible server/).check()
    await page.getByLabel('Address').fill(`http://127.0.0.1:${(openai.address() as AddressInfo).port}/v1`)
    await page.getByLabel('Container format').selectOption('')
    await button('Use in Chat').click()
    await ask('Where?')
    expect(await page.locator('[data-answer]').last().textContent()).toBe('From elsewhere')
  })

  it('refuses what cannot be an endpoint, and keeps the recent ones', async () => {
    await connect()
    await page.getByLabel('AWS', { exact: true }).check()
    await page.getByLabel('Endpoint name').fill('my llama')
    await button('Use in Chat').click()
    expect(await page.getByRole('alert').textContent()).toContain('letters, digits and hyphens')
    await page.reload()
    await page
      .locator('.recent')
      .getByRole('button', { name: /^my-command/ })
      .click()
    await page.getByRole('region', { name: 'Chat' }).waitFor()
    expect(await page.getByLabel('Endpoint 1', { exact: true }).inputValue()).toContain('my-command')
  })

  it('leaves the console quiet', () => {
    expect(playground.complaints).toEqual([])
  })
})
