import { styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]

/** Where the demonstration is written: plain or coloured, never wider than 80 columns. */
export interface Terminal {
  /** Columns to fill, at most 80. */
  readonly width: number
  /** Writes as it is. */
  readonly write: (text: string) => void
  /** Writes a line. */
  readonly line: (text?: string) => void
  /** Colours a text where the output shows colours; honours NO_COLOR and FORCE_COLOR. */
  readonly style: (style: Style, text: string) => string
}

const maxWidth = 80

export function createTerminal(output: NodeJS.WriteStream): Terminal {
  const write = (text: string): void => void output.write(text)
  return {
    width: Math.min(maxWidth, output.columns || maxWidth),
    write,
    line: (text = '') => write(`${text}\n`),
    style: (style, text) => styleText(style, text, { stream: output }),
  }
}
