import { readFileSync } from 'node:fs'
import { chromium } from 'playwright-core'

/** What a module writes to the console of a headless Chromium. */
export async function printedInBrowser(moduleFile: string, executablePath: string): Promise<string> {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage()
    const printed: string[] = []
    page.on('console', (message) => printed.push(message.text()))
    page.on('pageerror', (error) => printed.push(String(error)))
    // A page with its own origin, where every interface of a secure context is there.
    await page.route('http://localhost/**', (route) =>
      route.request().url().endsWith('.mjs')
        ? route.fulfill({ contentType: 'text/javascript', body: readFileSync(moduleFile) })
        : route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }),
    )
    await page.goto('http://localhost/')
    // Resolves when the module has run to its end.
    await page.addScriptTag({ type: 'module', url: '/module.mjs' })
    return printed.join('\n')
  } finally {
    await browser.close()
  }
}
