import { parseArgs } from 'node:util'
import type { GatewayModelKind } from '../contract/gateway-model.ts'
import { UsageError } from './usage-error.ts'

/** A model on the command line. */
export interface ModelArgument {
  readonly endpointName: string
  readonly kind: GatewayModelKind
  readonly contentHandler?: string | undefined
}

/** Parsed command line. */
export interface CommandLine {
  readonly action: 'run' | 'help' | 'version'
  readonly configurationFile: string | undefined
  readonly models: Readonly<Record<string, ModelArgument>>
  readonly discover: readonly string[] | undefined
  readonly port: number | undefined
  readonly host: string | undefined
  readonly allowedHosts: readonly string[] | undefined
  readonly insecure: boolean | undefined
  readonly region: string | undefined
  readonly endpoint: string | undefined
  readonly corsOrigins: readonly string[] | undefined
  readonly log: 'text' | 'json' | 'none'
}

const kinds: readonly GatewayModelKind[] = ['language', 'embedding', 'rerank']

/**
 * Parses the arguments of the command.
 *
 * @throws {UsageError} for an unknown option or an invalid value.
 */
export function parseArguments(args: readonly string[]): CommandLine {
  const values = readValues(args)
  return {
    action: values.help ? 'help' : values.version ? 'version' : 'run',
    configurationFile: values.config,
    models: Object.fromEntries((values.model ?? []).map((item) => readModel(item))),
    discover: values.discover,
    port: readPort(values.port),
    host: values.host,
    allowedHosts: values['allow-host'],
    insecure: values.insecure,
    region: values.region,
    endpoint: readUrl(values.endpoint),
    corsOrigins: values['cors-origin'],
    log: readLog(values.log),
  }
}

// The shape of the result follows from the options, better than an annotation could repeat it.
function readValues(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        model: { type: 'string', multiple: true },
        discover: { type: 'string', multiple: true },
        config: { type: 'string' },
        port: { type: 'string' },
        host: { type: 'string' },
        'allow-host': { type: 'string', multiple: true },
        insecure: { type: 'boolean' },
        region: { type: 'string' },
        endpoint: { type: 'string' },
        'cors-origin': { type: 'string', multiple: true },
        log: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean' },
      },
    }).values
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

/** `name`, `name=endpoint`, either with `:kind` and `:kind:handler` behind it. */
function readModel(item: string): [string, ModelArgument] {
  const [, name = '', endpoint, kind = 'language', contentHandler] =
    /^([^=:]+)(?:=([^=:]+))?(?::([^:]+))?(?::([^:]+))?$/.exec(item) ?? []
  const known = kinds.find((one) => one === kind)
  if (name === '' || known === undefined) {
    throw new UsageError(
      `--model needs <name>[=<endpoint>][:<kind>[:<handler>]] with a kind of ${kinds.join(', ')}, not "${item}".`,
    )
  }
  return [name, { endpointName: endpoint ?? name, kind: known, contentHandler }]
}

function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const port = Number(text)
  if (text.trim() === '' || !Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError(`--port cannot be "${text}".`)
  return port
}

function readUrl(text: string | undefined): string | undefined {
  if (text === undefined || (URL.canParse(text) && /^https?:/.test(text))) return text
  throw new UsageError(`--endpoint needs a URL, not "${text}".`)
}

function readLog(text = 'text'): 'text' | 'json' | 'none' {
  if (text === 'text' || text === 'json' || text === 'none') return text
  throw new UsageError(`--log must be text, json or none, not "${text}".`)
}
