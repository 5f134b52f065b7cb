import {
  asyncEngine,
  type JobEngine,
  listPrefix,
  realtimeEngine,
  type ServiceOptions,
  sqsQueue,
  transformEngine,
} from '@x/sagemaker-jobs'
import { UsageError } from '../../command-line.ts'
import { type EndpointValues, openConnection, openEndpoint } from '../open-endpoint.ts'
import { engineNames, type engineOptions } from '../options/endpoint-options.ts'
import type { parseOptions } from '../options/option-table.ts'
import { readChoice, readNumber } from '../options/read-value.ts'
import type { TerminalContext } from '../terminal-context.ts'

/** What a command line says of the engine of a job. */
export type EngineValues = EndpointValues &
  ReturnType<typeof parseOptions<typeof engineOptions>>['values'] & {
    readonly concurrency?: string | undefined
  }

/** Name of an engine. */
export type EngineName = (typeof engineNames)[number]

/** An engine, and how its job reaches S3. Disposing it closes what was opened for it; the engine is closed by its job. */
export interface OpenEngine extends AsyncDisposable {
  readonly engine: JobEngine
  readonly s3: ServiceOptions
}

const everywhere: readonly EngineName[] = engineNames

/** Engines that an option is for. */
const engineOf: Readonly<Partial<Record<keyof EngineValues, readonly EngineName[]>>> = {
  endpoint: ['realtime', 'async'],
  component: ['realtime', 'async'],
  'custom-attributes': ['realtime', 'async'],
  concurrency: ['realtime', 'transform'],
  's3-input': ['async', 'transform'],
  's3-output': ['transform'],
  queue: ['async'],
  'sqs-url': ['async'],
  'max-in-flight': ['async'],
  'request-timeout': ['async', 'transform'],
  'sagemaker-model': ['transform'],
  'instance-type': ['transform'],
  'instance-count': ['transform'],
  'rows-per-shard': ['transform'],
  environment: ['transform'],
  local: ['realtime'],
}

/**
 * The engine that a command line asks for.
 *
 * @throws {UsageError} for options of another engine
 */
export function engineName(values: EngineValues): EngineName {
  const name = readChoice('--engine', values.engine, engineNames) ?? 'realtime'
  for (const option of Object.keys(values) as (keyof EngineValues)[]) {
    const engines = engineOf[option] ?? everywhere
    if (values[option] === undefined || engines.includes(name)) continue
    const instead = option === 'local' ? '; its demo models have no S3' : ''
    throw new UsageError(`--${option} is for --engine ${engines.join(' or ')}, not ${name}${instead}.`)
  }
  return name
}

/**
 * Opens the engine that a command line asks for.
 *
 * @param demoName - demo model of `--local` when none is named
 * @throws {UsageError} for what is missing or out of range
 */
export async function openEngine(
  values: EngineValues,
  demoName: string,
  context: Pick<TerminalContext, 'environment' | 'notes'>,
): Promise<OpenEngine> {
  const name = engineName(values)
  if (name === 'transform') return openTransform(values, context)
  const inputFolder = s3Folder('--s3-input', values['s3-input'])
  const maxInFlight = readNumber('--max-in-flight', values['max-in-flight'], { from: 1, whole: true })
  const concurrency = readNumber('--concurrency', values.concurrency, { from: 1, whole: true })
  const invocationTimeoutSeconds = timeoutSeconds(values)
  const opened = await openEndpoint(values, demoName, context, { maxConcurrency: 'adaptive' })
  const { endpoint, connection } = opened
  const s3 = serviceOptions('--s3-url', values['s3-url'], connection)
  const sqs = serviceOptions('--sqs-url', values['sqs-url'], connection)
  const completion = values.queue === undefined ? listPrefix(polling(values)) : sqsQueue(values.queue, { sqs })
  const engine =
    name === 'realtime'
      ? realtimeEngine({ endpoint, concurrency })
      : asyncEngine({ endpoint, input: inputFolder, completion, maxInFlight, invocationTimeoutSeconds, s3 })
  return { engine, s3, [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose]() }
}

async function openTransform(
  values: EngineValues,
  context: Pick<TerminalContext, 'environment' | 'notes'>,
): Promise<OpenEngine> {
  const required = (
    option: 'sagemaker-model' | 'instance-type' | 's3-input' | 's3-output',
    example: string,
  ): string => {
    const value = values[option]
    if (value === undefined) throw new UsageError(`--engine transform needs --${option}, such as ${example}.`)
    return value
  }
  const modelName = required('sagemaker-model', 'my-bge')
  const instanceType = required('instance-type', 'ml.g5.xlarge')
  const input = s3Folder('--s3-input', required('s3-input', 's3://bucket/in/'))
  const output = s3Folder('--s3-output', required('s3-output', 's3://bucket/out/'))
  const concurrency = readNumber('--concurrency', values.concurrency, { from: 1, to: 100, whole: true })
  const instanceCount = readNumber('--instance-count', values['instance-count'], { from: 1, to: 100, whole: true })
  const rowsPerShard = readNumber('--rows-per-shard', values['rows-per-shard'], { from: 1, whole: true })
  const invocationTimeoutSeconds = timeoutSeconds(values)
  const { connection, ...opened } = await openConnection(values, context)
  const s3 = serviceOptions('--s3-url', values['s3-url'], connection)
  const engine = transformEngine({
    modelName,
    instanceType,
    instanceCount,
    input,
    output,
    rowsPerShard,
    maxConcurrentTransforms: concurrency,
    // SageMaker allows 100 MB for all requests that are under way together.
    maxPayloadInMB: Math.min(6, Math.floor(100 / (concurrency ?? 1))),
    invocationTimeoutSeconds,
    environment: environmentOf(values.environment),
    s3,
    sagemaker: connection,
    ...polling(values),
  })
  return { engine, s3, [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose]() }
}

/** Region and credentials are those of the endpoint; the URL of a local runtime is not that of its S3. */
function serviceOptions(
  option: string,
  url: string | undefined,
  { endpoint, region, credentials, clientOptions }: Awaited<ReturnType<typeof openConnection>>['connection'],
): ServiceOptions {
  if (url !== undefined && !URL.canParse(url)) {
    throw new UsageError(`${option} must be an address such as http://127.0.0.1:9000, not ${url}.`)
  }
  if (endpoint !== undefined && url === undefined) return { region, clientOptions }
  return { endpoint: url, region, credentials, clientOptions }
}

function s3Folder<Text extends string | undefined>(option: string, uri: Text): Text {
  if (uri === undefined || /^s3:\/\/[^/]+(\/|$)/.test(uri)) return uri
  throw new UsageError(`${option} must be of the form s3://bucket/folder/, not ${uri}.`)
}

/** A local runtime starts no instances, and asking it costs nothing. */
function polling({ url }: EngineValues): { readonly minPollMs?: number; readonly maxPollMs?: number } {
  return url === undefined ? {} : { minPollMs: 50, maxPollMs: 500 }
}

function timeoutSeconds(values: EngineValues): number | undefined {
  return readNumber('--request-timeout', values['request-timeout'], { from: 1, to: 3600, whole: true })
}

function environmentOf(items: readonly string[] | undefined): Record<string, string> | undefined {
  if (items === undefined) return undefined
  if (items.length > 16) throw new UsageError('--environment can be given 16 times: SageMaker takes no more variables.')
  return Object.fromEntries(
    items.map((item) => {
      const at = item.indexOf('=')
      if (at < 1) throw new UsageError(`--environment needs NAME=VALUE, not ${item}.`)
      return [item.slice(0, at), item.slice(at + 1)]
    }),
  )
}
