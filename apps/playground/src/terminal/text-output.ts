import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { styleText } from 'node:util'
import { jsonForTerminal, terminalText } from '@x/loopback-guard'

type Style = Parameters<typeof styleText>[0]

/** Standard output or standard error, as fast as it is read. */
export class TextOutput {
  readonly stream: Writable & { readonly isTTY?: boolean; readonly columns?: number }

  constructor(stream: TextOutput['stream']) {
    this.stream = stream
  }

  /** Whether somebody looks on. */
  get isTerminal(): boolean {
    return this.stream.isTTY === true
  }

  /** Writes as it is; resolves when the reader can take more. */
  async write(text: string): Promise<void> {
    if (!this.stream.write(text)) await once(this.stream, 'drain')
  }

  async line(text: string = ''): Promise<void> {
    await this.write(`${text}\n`)
  }

  /** Writes a value as one line of JSON, in which control characters are escaped. */
  async json(value: unknown): Promise<void> {
    await this.line(jsonForTerminal(value))
  }

  /** Text that a model, a container or AWS wrote: on a terminal with control characters as visible symbols, otherwise unchanged. */
  foreign(text: string): string {
    return this.isTerminal ? terminalText(text) : text
  }

  /** Colours a text where the stream shows colours; honours NO_COLOR and FORCE_COLOR. */
  style(style: Style, text: string): string {
    return styleText(style, text, { stream: this.stream })
  }
}
