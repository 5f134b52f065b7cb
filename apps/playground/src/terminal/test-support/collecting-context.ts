import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { Interruption } from '../interruption.ts'
import type { TerminalContext } from '../terminal-context.ts'
import { TextOutput } from '../text-output.ts'

/**
 * A context for a command within the test's own process, and what it wrote.
 * @param options - Whether its streams claim to be terminals.
 */
export function collectingContext(input: string = '', { isTTY = false }: { readonly isTTY?: boolean } = {}) {
  const written = { output: '', notes: '' }
  const collect = (name: keyof typeof written): TextOutput =>
    new TextOutput(
      Object.assign(
        new Writable({
          write(chunk, _encoding, done) {
            written[name] += String(chunk)
            done()
          },
        }),
        { isTTY },
      ),
    )
  const context: TerminalContext = {
    input: Readable.from([Buffer.from(input)]),
    output: collect('output'),
    notes: collect('notes'),
    environment: {},
    packageFolder: join(import.meta.dirname, '..', '..', '..'),
    interruption: new Interruption(() => {
      throw new Error('interrupted twice')
    }),
  }
  return { context, written }
}
