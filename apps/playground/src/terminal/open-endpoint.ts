import { SagemakerEndpoint, type SagemakerEndpointOptions } from '@x/sagemaker-endpoint'
import { UsageError } from '../command-line.ts'
import type { endpointOptions } from './options/endpoint-options.ts'
import type { parseOptions } from './options/option-table.ts'
import type { TerminalContext } from './terminal-context.ts'

export type EndpointValues = ReturnType<typeof parseOptions<typeof endpointOptions>>['values']

/** Connection to AWS or to a local runtime. */
export type Connection = Pick<SagemakerEndpointOptions, 'clientOptions' | 'credentials' | 'endpoint' | 'region'>

/** An open connection. Disposing it stops the demo runtime, if it started one. */
export interface OpenConnection extends AsyncDisposable {
  readonly connection: Connection
}

/** An open endpoint. Disposing it also stops the demo runtime, if it started one. */
export interface OpenEndpoint extends OpenConnection {
  readonly endpoint: SagemakerEndpoint
}

/** Local runtimes do not check signatures by default, but the AWS SDK always signs. */
const localCredentials = { accessKeyId: 'local', secretAccessKey: 'local' }

/**
 * The endpoint that a command line asks for. What it leaves open is found by the AWS SDK, as in every AWS tool.
 *
 * @param demoName - the demo model of `--local` when none is named.
 * @throws {UsageError}
 */
export async function openEndpoint(
  values: EndpointValues,
  demoName: string,
  context: Pick<TerminalContext, 'environment' | 'notes'>,
  options: Pick<SagemakerEndpointOptions, 'maxConcurrency' | 'observers' | 'retry' | 'timeouts'> = {},
): Promise<OpenEndpoint> {
  const endpointName = values.endpoint ?? (values.local === true ? demoName : undefined)
  if (endpointName === undefined) {
    throw new UsageError(
      'Which endpoint? Give --endpoint NAME, with --url http://127.0.0.1:8080 for a local runtime (npx @x/sagemaker-local starts one), or --local for demo models.',
    )
  }
  const opened = await openConnection(values, context, endpointName)
  const endpoint = new SagemakerEndpoint({ endpointName, ...opened.connection, ...routing(values), ...options })
  return {
    endpoint,
    connection: opened.connection,
    [Symbol.asyncDispose]: async () => {
      endpoint.close()
      await opened[Symbol.asyncDispose]()
    },
  }
}

/**
 * Opens the connection that the command line selects.
 *
 * @param demoName - Name of the demo model to call with `--local`.
 * @throws {UsageError}
 */
export async function openConnection(
  values: EndpointValues,
  { environment, notes }: Pick<TerminalContext, 'environment' | 'notes'>,
  demoName?: string,
): Promise<OpenConnection> {
  if (values.local === true) return openDemo(values, demoName, notes)
  const connection = values.url === undefined ? connectionToAws(values) : connectionTo(values.url, values, environment)
  return { connection, [Symbol.asyncDispose]: () => Promise.resolve() }
}

async function openDemo(
  values: EndpointValues,
  demoName: string | undefined,
  notes: TerminalContext['notes'],
): Promise<OpenConnection> {
  const contrary = (['url', 'region', 'profile'] as const).find((option) => values[option] !== undefined)
  if (contrary !== undefined) throw new UsageError(`--local has its own demo models: leave out --${contrary}.`)
  const [{ startLocalRuntime }, { demoEndpoints }] = await Promise.all([
    import('@x/sagemaker-local'),
    import('../demo/demo-endpoints.ts'),
  ])
  if (demoName !== undefined && !Object.hasOwn(demoEndpoints, demoName)) {
    throw new UsageError(`--local has no ${demoName}, but ${Object.keys(demoEndpoints).join(', ')}.`)
  }
  const runtime = await startLocalRuntime({ endpoints: demoEndpoints })
  if (demoName !== undefined && notes.isTerminal)
    await notes.line(notes.style('dim', `${demoName}, a demo model within this process`))
  return {
    connection: { endpoint: runtime.url, region: 'us-east-1', credentials: localCredentials },
    [Symbol.asyncDispose]: () => runtime.close(),
  }
}

const routing = (values: EndpointValues) => ({
  inferenceComponentName: values.component,
  customAttributes: values['custom-attributes'],
})

const connectionToAws = ({ region, profile }: EndpointValues) => ({
  region,
  ...(profile !== undefined && { clientOptions: { profile } }),
})

function connectionTo(url: string, values: EndpointValues, environment: TerminalContext['environment']) {
  if (!URL.canParse(url)) throw new UsageError(`--url must be an address such as http://127.0.0.1:8080, not ${url}.`)
  const hasOwnCredentials = values.profile !== undefined || environment['AWS_ACCESS_KEY_ID'] !== undefined
  return {
    ...connectionToAws(values),
    endpoint: url,
    region: values.region ?? environment['AWS_REGION'] ?? 'us-east-1',
    // The user's own credentials are never looked up for a server on this machine.
    ...(isLoopback(url) && !hasOwnCredentials && { credentials: localCredentials }),
  }
}

const isLoopback = (url: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname)
