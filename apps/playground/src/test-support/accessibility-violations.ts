import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { layoutProblems } from './layout-problems.ts'

/** What axe finds wrong on the page, in a form that says where; in both colour schemes. Then what is too small or cut off. */
export async function accessibilityViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const found: string[] = []
  for (const { colorScheme, rules } of [
    { colorScheme: 'light', rules: undefined },
    { colorScheme: 'dark', rules: ['color-contrast'] },
  ] as const) {
    await page.emulateMedia({ colorScheme })
    const results = await page.evaluate(
      (only) =>
        (globalThis as unknown as { axe: typeof axe }).axe.run({
          resultTypes: ['violations'],
          // It takes a link of a bar that scrolls for one that skips the bar. A test presses the button that does.
          rules: { 'skip-link': { enabled: false } },
          ...(only !== undefined && { runOnly: [...only] }),
        }),
      rules,
    )
    for (const { id, nodes } of results.violations)
      found.push(`${colorScheme}, ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
  }
  return [...found, ...(await layoutProblems(page))]
}
