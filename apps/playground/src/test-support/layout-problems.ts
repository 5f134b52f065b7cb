import type { Page } from 'playwright-core'

/**
 * What cannot be read, hit or seen at the present size of the page: text under 12 pixels, targets under 24 pixels, and whatever reaches
 * beyond the window where nothing scrolls to it.
 */
export async function layoutProblems(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    // The browser measures the options of a select one frame after its width has changed.
    for (let frames = 0; frames < 2; frames++) await new Promise((resolve) => requestAnimationFrame(resolve))
    const leastText = 12
    const leastTarget = 24
    const problems = new Set<string>()
    const describe = (element: Element): string =>
      `${element.tagName.toLowerCase()} “${(element.getAttribute('aria-label') ?? element.textContent).trim().slice(0, 40)}”`

    /** Whether an element is drawn; what is hidden for screen readers only is clipped. */
    const isVisible = (element: Element): boolean => {
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false
      for (let at: Element | null = element; at !== null; at = at.parentElement)
        if (getComputedStyle(at).clipPath !== 'none') return false
      return true
    }

    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement
      if (element === null || node.textContent?.trim() === '' || !isVisible(element)) continue
      const size = Number.parseFloat(getComputedStyle(element).fontSize)
      if (size < leastText) problems.add(`${describe(element)} has text of ${size} px`)
    }

    const isScrolled = (element: Element): boolean => {
      for (let at = element.parentElement; at !== null; at = at.parentElement)
        if (['auto', 'scroll'].includes(getComputedStyle(at).overflowX) && at.scrollWidth > at.clientWidth) return true
      return false
    }
    const targets = document.querySelectorAll('button, a[href], input, select, textarea, summary, [role=option]')
    for (const element of targets) {
      if (!isVisible(element) || element.matches('p a, li a')) continue
      // A check box can be hit by its label, too.
      const { width, height, left, right } = (
        element.matches('[type=checkbox], [type=radio]') ? (element.closest('label') ?? element) : element
      ).getBoundingClientRect()
      if (Math.min(width, height) < leastTarget - 0.5)
        problems.add(`${describe(element)} is a target of ${Math.round(width)} x ${Math.round(height)} px`)
      if ((left < -1 || right > innerWidth + 1) && !isScrolled(element))
        problems.add(
          `${describe(element)} is cut off, from ${Math.round(left)} to ${Math.round(right)} of ${innerWidth} px`,
        )
    }
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth > clientWidth) problems.add(`The page is ${scrollWidth} px wide, in a window of ${clientWidth} px`)
    return [...problems]
  })
}
