import type { LocalRuntime } from '@x/sagemaker-local'
import { UsageError } from '../../command-line.ts'
import { openEndpoint, type EndpointValues } from '../open-endpoint.ts'
import type { TerminalContext } from '../terminal-context.ts'
import { SentRequests } from './sent-requests.ts'
import type { Subject } from './subject.ts'

export interface OpenSubject extends AsyncDisposable {
  readonly subject: Subject
}

export interface SubjectLimits {
  readonly modelName: string | undefined
  readonly timeoutMs: number
}

/**
 * Opens what the command line names: a container with `--url` only, otherwise an endpoint. A container is called through a local
 * runtime, which cuts and reports what it answers as SageMaker does.
 *
 * @throws {UsageError}
 */
export async function openSubject(
  values: EndpointValues,
  { modelName, timeoutMs }: SubjectLimits,
  context: TerminalContext,
): Promise<OpenSubject> {
  const { url } = values
  if (url === undefined && values.endpoint === undefined && values.local !== true)
    throw new UsageError('What is to be checked? Give --url http://localhost:8080 for a container, or --endpoint NAME.')
  const isContainer = url !== undefined && values.endpoint === undefined && values.local !== true
  const containerUrl = isContainer ? parsedUrl(url) : undefined
  const proxy = containerUrl && (await startProxy(containerUrl))
  try {
    const called = proxy === undefined ? values : { ...values, endpoint: 'container', url: proxy.url }
    const sent = new SentRequests()
    const opened = await openEndpoint(called, 'demo-llm', context, {
      retry: { maxAttempts: 1 },
      timeouts: { firstByteMs: timeoutMs, idleMs: timeoutMs, totalMs: timeoutMs },
      observers: [sent.observer],
    })
    const { connection, endpoint } = opened
    const { signal } = context.interruption
    return {
      subject: { endpoint, connection, containerUrl, modelName, sent, timeoutMs, signal },
      async [Symbol.asyncDispose]() {
        await opened[Symbol.asyncDispose]()
        await proxy?.close()
      },
    }
  } catch (error) {
    await proxy?.close()
    throw error
  }
}

async function startProxy(containerUrl: URL): Promise<LocalRuntime> {
  const { containerProxy, startLocalRuntime } = await import('@x/sagemaker-local')
  return startLocalRuntime({ endpoints: { container: containerProxy(containerUrl.href) } })
}

function parsedUrl(url: string): URL {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return new URL(url)
  throw new UsageError(`--url must be an address such as http://localhost:8080, not ${url}.`)
}
