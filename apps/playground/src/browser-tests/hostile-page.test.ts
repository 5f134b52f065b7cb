import { createServer, type Server } from 'node:http'
import { demoLanguageModel } from '@x/sagemaker-local'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listenOnLoopback } from '../server/listen.ts'
import { findChromium } from '@x/tools/find-chromium'
import { openPlayground, type OpenedPlayground } from '../test-support/open-playground.ts'

const chromium = findChromium()

/** What a page of another origin may try. Each attempt tells what it got. */
async function attack(target: string): Promise<Record<string, string>> {
  const run = JSON.stringify({
    mode: 'complete',
    prompt: 'Once',
    endpoint: { source: 'local', name: 'demo-llm' },
    parameters: {},
    stream: true,
  })
  const reading = async (path: string, init?: RequestInit) => {
    try {
      const response = await fetch(`${target}${path}`, init)
      return `${response.type} ${response.status} ${(await response.text()).length}`
    } catch {
      return 'nothing'
    }
  }
  const loading = (tag: 'img' | 'script' | 'link' | 'iframe', attribute: string, path: string) =>
    new Promise<string>((resolve) => {
      const element = document.createElement(tag)
      if (tag === 'link') element.setAttribute('rel', 'stylesheet')
      element.addEventListener('error', () => resolve('nothing'))
      element.addEventListener('load', () => {
        let content = 'out of reach'
        if (element instanceof HTMLIFrameElement) {
          try {
            content = element.contentDocument?.title ?? 'out of reach'
          } catch {
            // Another origin's document.
          }
          resolve(`frame ${content}, ${element.contentWindow?.length ?? 0} frames`)
        } else resolve('loaded')
      })
      element.setAttribute(attribute, `${target}${path}`)
      document.body.append(element)
    })
  return {
    read: await reading('/api/setup'),
    blindRead: await reading('/api/setup', { mode: 'no-cors' }),
    run: await reading('/api/runs', { method: 'POST', headers: { 'content-type': 'application/json' }, body: run }),
    blindRun: await reading('/api/runs', { method: 'POST', mode: 'no-cors', body: run }),
    script: await loading('script', 'src', '/assets/any.js'),
    image: await loading('img', 'src', '/assets/any.svg'),
    style: await loading('link', 'href', '/assets/any.css'),
    frame: await loading('iframe', 'src', '/'),
  }
}

describe.skipIf(chromium === undefined)('a page of another origin, in Chromium', { timeout: 30_000 }, () => {
  let playground: OpenedPlayground
  let elsewhere: Server
  let port: number

  beforeAll(async () => {
    playground = await openPlayground(chromium ?? '', { 'demo-llm': demoLanguageModel() })
    elsewhere = createServer((_, response) => {
      response.setHeader('content-type', 'text/html')
      response.end('<!doctype html><title>elsewhere</title><body></body>')
    })
    port = await listenOnLoopback(elsewhere, { port: 0 })
  }, 60_000)
  afterAll(async () => {
    elsewhere?.closeAllConnections()
    elsewhere?.close()
    await playground?.[Symbol.asyncDispose]()
  })

  it.each(['127.0.0.1', 'localhost'])('gets nothing and starts nothing, served from %s', async (host) => {
    const context = await playground.browser.newContext()
    const page = await context.newPage()
    await page.goto(`http://${host}:${port}/`)
    const before = playground.runtime.requests.length
    const results = await page.evaluate(attack, playground.server.url)
    expect(results).toMatchObject({
      read: 'nothing',
      blindRead: expect.stringMatching(/^(?:nothing|opaque 0 0)$/),
      run: 'nothing',
      blindRun: expect.stringMatching(/^(?:nothing|opaque 0 0)$/),
      script: 'nothing',
      image: 'nothing',
      style: 'nothing',
    })
    expect(results['frame']).not.toContain('SageMaker')
    expect(
      page
        .frames()
        .map((frame) => frame.url())
        .join(' '),
    ).not.toContain('SageMaker')
    const framed = page.frames().find((frame) => frame.url().startsWith(playground.server.url))
    expect(
      await framed
        ?.locator('body')
        .innerText()
        .catch(() => ''),
    ).not.toContain('playground')
    expect(playground.runtime.requests).toHaveLength(before)
    await context.close()
  })

  it('can link to the page, which then works', async () => {
    const context = await playground.browser.newContext()
    const page = await context.newPage()
    await page.goto(`http://127.0.0.1:${port}/`)
    await page.evaluate((url) => {
      location.href = url
    }, playground.server.url)
    await page.getByLabel('Prompt', { exact: true }).waitFor()
    expect(await page.title()).toBe('SageMaker playground')
    await context.close()
  })
})
