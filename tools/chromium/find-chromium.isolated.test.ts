import { describe, expect, it, vi } from 'vitest'
import { findChromium } from './find-chromium.ts'

vi.mock('node:fs', () => ({ existsSync: (path: string) => path === '/opt/chromium' }))

describe('findChromium', () => {
  it('takes what CHROMIUM_PATH says', () => {
    expect(findChromium({ CHROMIUM_PATH: '/opt/chromium' })).toBe('/opt/chromium')
  })

  it('fails where CHROMIUM_PATH leads nowhere, and where CI has none', () => {
    expect(() => findChromium({ CHROMIUM_PATH: '/nowhere' })).toThrow('/nowhere')
    expect(() => findChromium({ CI: 'true' })).toThrow('No Chromium found')
  })

  it('says that tests are skipped where there is none', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    expect(findChromium({})).toBeUndefined()
    expect(findChromium({ CHROMIUM_PATH: '' })).toBeUndefined()
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('SKIPPED'))
    warn.mockRestore()
  })
})
