import { onTestFinished, beforeEach } from 'vitest'
import { settle } from './probe-source.ts'

/** Makes every test of the file fail that leaves a rejected promise behind. */
export function watchUnhandledRejections(): void {
  beforeEach(() => {
    const reasons: unknown[] = []
    const record = (reason: unknown): void => {
      reasons.push(reason)
    }
    process.on('unhandledRejection', record)
    onTestFinished(async () => {
      await settle()
      process.off('unhandledRejection', record)
      if (reasons.length > 0) throw new AggregateError(reasons, 'Unhandled rejections')
    })
  })
}
