import { parseArgs } from 'node:util'

/** What the page offers, and where it is served. */
export interface PageOptions {
  /** Port of the page; `undefined` takes 4173 or the next free one. */
  readonly port: number | undefined
  /** Names of endpoints on AWS that the page offers. */
  readonly endpoints: readonly string[]
  readonly region: string | undefined
  readonly profile: string | undefined
  /** Path of a configuration file. */
  readonly config: string | undefined
  /** Folder whose captures appear in the view Calls. */
  readonly captures: string | undefined
}

export interface StartOptions extends PageOptions {
  /** End after the terminal part. */
  readonly once: boolean
}

export const helpText = `SageMaker playground: try endpoints, see what happens on the wire.

  npm start                       show the main job in the terminal, then serve the page
  npm start -- --once             end after the terminal part

Options
  --port <port>                   port of the page (default 4173, or the next free one)
  --endpoint <name>               an endpoint on AWS to offer; can be repeated
  --region <region>               its region (default: as every AWS tool finds it)
  --profile <profile>             its profile in ~/.aws (default: as every AWS tool finds it)
  --config <file>                 a JSON file that lists endpoints; see docs/packages/playground.md
  --captures <folder>             show the captures (*.jsonl) of a folder, live
  --once                          no page
  --help                          this text
`

/** The command line is not understood; the message is one sentence for the user. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** @throws {UsageError} */
export function parseCommandLine(args: readonly string[]): StartOptions {
  const { values } = parse(args)
  return {
    once: values.once ?? false,
    port: values.port === undefined ? undefined : parsePort(values.port),
    endpoints: values.endpoint ?? [],
    region: values.region,
    profile: values.profile,
    config: values.config,
    captures: values.captures,
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        once: { type: 'boolean' },
        port: { type: 'string' },
        endpoint: { type: 'string', multiple: true },
        region: { type: 'string' },
        profile: { type: 'string' },
        config: { type: 'string' },
        captures: { type: 'string' },
      },
    })
  } catch (error) {
    // Node's own sentence names the option; what follows it explains Node's parser.
    const [sentence] = (error instanceof Error ? error.message : String(error)).split(/\. |\n/)
    throw new UsageError(`${sentence}. See --help.`, { cause: error })
  }
}

/** @throws {UsageError} */
export function parsePort(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new UsageError(`--port must be a number from 0 to 65535, not ${text}.`)
  return port
}
