import { SagemakerEndpoint } from '@x/sagemaker-endpoint'
import { UsageError } from '../command-line.ts'
import type { endpointOptions } from './options/endpoint-options.ts'
import type { parseOptions } from './options/option-table.ts'
import type { TerminalContext } from './terminal-context.ts'

export type EndpointValues = ReturnType<typeof parseOptions<typeof endpointOptions>>['values']

/** An endpoint, and with it the local runtime that serves it if it is one of ours. */
export interface OpenEndpoint extends AsyncDisposable {
  readonly endpoint: SagemakerEndpoint
}

/** Local runtimes check no signature unless they are told to, but the AWS SDK wants to sign. */
const localCredentials = { accessKeyId: 'local', secretAccessKey: 'local' }

/**
 * The endpoint that a command line asks for. What it leaves open is found by the AWS SDK, as in every AWS tool.
 *
 * @param demoName the demo model of `--local` when none is named.
 * @throws UsageError
 */
export async function openEndpoint(
  values: EndpointValues,
  demoName: string,
  { environment, notes }: Pick<TerminalContext, 'environment' | 'notes'>,
): Promise<OpenEndpoint> {
  if (values.local === true) return openDemo(values, demoName, notes)
  if (values.endpoint === undefined) {
    throw new UsageError(
      'Which endpoint? Give --endpoint NAME, with --url http://127.0.0.1:8080 for a local runtime (npx @x/sagemaker-local starts one), or --local for demo models.',
    )
  }
  const endpoint = new SagemakerEndpoint({
    endpointName: values.endpoint,
    ...(values.url === undefined ? connectionToAws(values) : connectionTo(values.url, values, environment)),
    ...routing(values),
  })
  return { endpoint, [Symbol.asyncDispose]: async () => endpoint.close() }
}

async function openDemo(
  values: EndpointValues,
  demoName: string,
  notes: TerminalContext['notes'],
): Promise<OpenEndpoint> {
  const contrary = (['url', 'region', 'profile'] as const).find((option) => values[option] !== undefined)
  if (contrary !== undefined) throw new UsageError(`--local has demo models of its own: leave out --${contrary}.`)
  const [{ startLocalRuntime }, { demoEndpoints }] = await Promise.all([
    import('@x/sagemaker-local'),
    import('../demo/demo-endpoints.ts'),
  ])
  const endpointName = values.endpoint ?? demoName
  if (!Object.hasOwn(demoEndpoints, endpointName)) {
    throw new UsageError(`--local has no ${endpointName}, but ${Object.keys(demoEndpoints).join(', ')}.`)
  }
  const runtime = await startLocalRuntime({ endpoints: demoEndpoints })
  if (notes.isTerminal) await notes.line(notes.style('dim', `${endpointName}, a demo model within this process`))
  const endpoint = new SagemakerEndpoint({
    endpointName,
    endpoint: runtime.url,
    region: 'us-east-1',
    credentials: localCredentials,
    ...routing(values),
  })
  const close = async (): Promise<void> => {
    endpoint.close()
    await runtime.close()
  }
  return { endpoint, [Symbol.asyncDispose]: close }
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
