import { sharedResource } from '@x/tools/shared-resources'
import { chromium, type Browser } from 'playwright-core'
import { inject } from 'vitest'

/** The folder of the page that all test files of a run share. */
export const builtPage = (): Promise<string> => sharedResource({ url: inject('sharedPageUrl') }, 'page')

/** A connection to the browser that all test files of a run share. Closing it closes only what was opened through it. */
export async function sharedBrowser(executablePath: string): Promise<Browser> {
  return chromium.connect(await sharedResource({ url: inject('sharedPageUrl') }, 'browser', { executablePath }))
}
