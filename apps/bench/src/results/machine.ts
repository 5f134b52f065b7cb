import { cpus, release, totalmem } from 'node:os'

/** Where something was measured, in a line: figures can be compared only where these are the same. */
export function describeMachine(): string {
  const processors = cpus()
  const memoryGib = Math.round(totalmem() / 2 ** 30)
  const model = processors[0]?.model.trim() ?? 'unknown processor'
  return `Node.js ${process.version}, ${process.platform} ${release()} ${process.arch}, ${processors.length} x ${model}, ${memoryGib} GiB`
}
