import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { bundle } from '../test-support/bundle.ts'
import { type Findings, runEverything } from './browser-program.ts'

// An empty CHROMIUM_PATH means that there is none.
const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'
const isMissing = executablePath === '' || !existsSync(executablePath)
if (isMissing && process.env['CI'] !== 'true') {
  console.warn(`SKIPPED: no Chromium at ${executablePath}, so stream-core was not run in a browser. Set CHROMIUM_PATH.`)
}

const values = [{ text: '日本語 😀' }, { text: 'é' }, 'done']
const data = ['{"text":"日本語 😀"}', '{"text":"é"}', '[DONE]']
const lines = data.flatMap((text) => [`data: ${text}`, ''])
const findings: Findings = {
  lines,
  values,
  payloads: [expect.stringContaining('日本語 😀')],
  errorCode: 'invalid-json',
  events: data,
  operatorLines: lines,
  fromFetch: values,
  pulled: values,
}

test('everything works in Node.js', async () => {
  expect(await runEverything()).toEqual(findings)
})

// In CI a missing browser is a failure of the launch.
describe.skipIf(isMissing && process.env['CI'] !== 'true')('in headless Chromium', () => {
  test('everything works in the page, with no error on its console', { timeout: 60_000 }, async () => {
    const { code } = await bundle("export { runEverything } from './runtimes/browser-program.ts'")
    const browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    })
    try {
      const page = await browser.newPage()
      const problems: string[] = []
      page.on('pageerror', (error) => problems.push(String(error)))
      page.on('console', (message) => {
        if (message.type() === 'error') problems.push(message.text())
      })
      // As text, so that the test runner does not rewrite the import.
      const result: unknown = await page.evaluate(`(async () => {
        const module = new Blob([${JSON.stringify(code)}], { type: 'text/javascript' })
        const { runEverything } = await import(URL.createObjectURL(module))
        return await runEverything()
      })()`)
      expect(result).toEqual(findings)
      expect(problems).toEqual([])
    } finally {
      await browser.close()
    }
  })
})
