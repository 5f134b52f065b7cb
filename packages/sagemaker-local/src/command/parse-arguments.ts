import { parseArgs } from 'node:util'
import { FaultSyntaxError, parseFaults } from '../faults/parse-faults.ts'
import type { Faults } from '../faults/faults.ts'
import type { SignatureRequirement } from '../signing/signature-requirement.ts'
import { UsageError } from './usage-error.ts'

/** Parsed command line. */
export interface CommandLine {
  readonly action: 'run' | 'help' | 'version'
  readonly configurationFile: string | undefined
  /** Folder for capture files. */
  readonly recordFolder: string | undefined
  /** Backends by endpoint name. */
  readonly endpoints: Readonly<Record<string, string>>
  readonly faults: Readonly<Record<string, Faults>>
  readonly tokensPerSecond: number | undefined
  readonly port: number | undefined
  readonly host: string | undefined
  readonly allowedHosts: readonly string[] | undefined
  readonly region: string | undefined
  readonly requireSignature: SignatureRequirement | undefined
  readonly objects: 'memory' | 's3' | undefined
  /** Suppresses the line per request. */
  readonly quiet: boolean
}

/**
 * Parses the arguments of the command.
 * @throws {UsageError} for an unknown option or an invalid value.
 */
export function parseArguments(args: readonly string[]): CommandLine {
  const values = readValues(args)
  return {
    action: values.help ? 'help' : values.version ? 'version' : 'run',
    configurationFile: values.config,
    recordFolder: values.record,
    endpoints: Object.fromEntries((values.endpoint ?? []).map((item) => splitPair('--endpoint', item))),
    faults: Object.fromEntries(
      (values.faults ?? []).map((item) => {
        const [name, faults] = splitPair('--faults', item)
        return [name, readFaults(faults)]
      }),
    ),
    tokensPerSecond: readNumber('--tokens-per-second', values['tokens-per-second'], (value) => value > 0),
    port: readNumber('--port', values.port, (value) => Number.isInteger(value) && value >= 0 && value < 65_536),
    host: values.host,
    allowedHosts: values['allow-host'],
    region: values.region,
    requireSignature: readCredentials(values['require-signature']),
    objects: readObjects(values.objects),
    quiet: values.quiet ?? false,
  }
}

// The shape of the result follows from the options, better than an annotation could repeat it.
function readValues(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        endpoint: { type: 'string', multiple: true },
        faults: { type: 'string', multiple: true },
        'tokens-per-second': { type: 'string' },
        record: { type: 'string' },
        config: { type: 'string' },
        port: { type: 'string' },
        host: { type: 'string' },
        'allow-host': { type: 'string', multiple: true },
        region: { type: 'string' },
        'require-signature': { type: 'string' },
        objects: { type: 'string' },
        quiet: { type: 'boolean', short: 'q' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean' },
      },
    }).values
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

function splitPair(option: string, item: string): [string, string] {
  const index = item.indexOf('=')
  if (index < 1 || index === item.length - 1) throw new UsageError(`${option} needs <name>=<value>, not "${item}".`)
  return [item.slice(0, index), item.slice(index + 1)]
}

function readFaults(text: string): Faults {
  try {
    return parseFaults(text)
  } catch (error) {
    if (error instanceof FaultSyntaxError) throw new UsageError(`--faults: ${error.message}.`)
    throw error
  }
}

function readNumber(option: string, text: string | undefined, isValid: (value: number) => boolean): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (text.trim() === '' || !isValid(value)) throw new UsageError(`${option} cannot be "${text}".`)
  return value
}

function readObjects(text: string | undefined): 'memory' | 's3' | undefined {
  if (text === undefined || text === 'memory' || text === 's3') return text
  throw new UsageError(`--objects must be memory or s3, not "${text}".`)
}

function readCredentials(text: string | undefined): SignatureRequirement | undefined {
  if (text === undefined) return undefined
  const [accessKeyId, secretAccessKey] = text.split(/:(.*)/s)
  if (!accessKeyId || !secretAccessKey) throw new UsageError('--require-signature needs <access key id>:<secret>.')
  return { accessKeyId, secretAccessKey }
}
