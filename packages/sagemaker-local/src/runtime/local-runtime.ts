/// <reference lib="esnext.disposable" preserve="true" />

import { isLoopbackAddress, type GuardRules } from '@x/loopback-guard'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { bucketAndKey, createObjectStore, type ObjectStore } from '../hosting/object-store.ts'
import { startAwsServices } from '../hosting/aws-services.ts'
import { hostEndpoint, type HostedEndpoint } from '../hosting/hosted-endpoint.ts'
import { type TransformEnvironment, TransformJobs } from '../control-plane/transform/transform-jobs.ts'
import type { LocalRuntimeOptions } from './local-runtime-options.ts'
import { credentialsFor, type LocalConnection, type LocalServiceConnection } from './local-connection.ts'
import { sendServiceResponse } from '../wire/deliver/delivery.ts'
import { handleRequest, type HandlerContext } from './handle-request.ts'
import { trackOpenSockets } from './open-sockets.ts'
import type { ReceivedRequest } from '../answers/received-request.ts'
import { createRequestLog } from '../wire/receive/request-log.ts'
import { serviceErrorResponse } from '../answers/service-error.ts'

/** A SageMaker Runtime on loopback. */
export interface LocalRuntime extends AsyncDisposable {
  /** Base URL, e.g. `http://127.0.0.1:41237`; the `endpoint` of an AWS client. */
  readonly url: string
  /**
   * Connection options for a client: `new SagemakerLLM({ endpointName, ...runtime.connection })`, or
   * `new SageMakerRuntimeClient(runtime.connection)`. The credentials are those of `requireSignature`, if given.
   */
  readonly connection: LocalConnection
  /** TCP port. */
  readonly port: number
  /** Requests received so far, oldest first (at most `maxRecordedRequests`). */
  readonly requests: readonly ReceivedRequest[]
  /** Number of open client sockets, including idle keep-alive ones. */
  readonly openSockets: number
  /** Objects that asynchronous calls read and write; also served at `/s3/<bucket>/<key>`. */
  readonly objects: ObjectStore
  /** For `new S3Client(runtime.s3)`; undefined unless `objects` is `s3`. */
  readonly s3: LocalServiceConnection | undefined
  /** For `new SQSClient(runtime.sqs)`; undefined unless `objects` is `s3`. */
  readonly sqs: LocalServiceConnection | undefined
  /** For `new SNSClient(runtime.sns)`; undefined unless `objects` is `s3`. */
  readonly sns: LocalServiceConnection | undefined
  /** Number of answers being prepared or sent, including asynchronous ones. */
  readonly activeRequests: number
  /**
   * Resolves once at most `maxCount` sockets are open.
   * @param maxCount - Sockets that may stay open; 0 by default.
   * @param timeoutMs - Time limit in milliseconds, 5000 by default; rejects when it is exceeded.
   */
  waitForOpenSockets(maxCount?: number, timeoutMs?: number): Promise<void>
  /** Resolves once no answer is being prepared or sent. */
  idle(): Promise<void>
  /**
   * Stops accepting connections, gives answers in flight `drainMs` milliseconds to finish (0 by default), then closes every socket. Resolves
   * when the port is free.
   */
  close(options?: { readonly drainMs?: number | undefined }): Promise<void>
}

const defaultMaxBodyBytes = 25 * 2 ** 20

/**
 * Starts a SageMaker Runtime on loopback that speaks the real wire protocol, for any AWS SDK in any language.
 *
 * @example
 * await using runtime = await startLocalRuntime({ endpoints: { 'my-llama': demoLanguageModel() } })
 * const client = new SageMakerRuntimeClient(runtime.connection)
 *
 * @throws {Error} with the system's code if it cannot listen, e.g. `EADDRINUSE`; also if `objects` is `s3` and `fauxqs` is not installed.
 * @throws {RangeError} if an `asyncPath` is not an S3 address, or an endpoint has `notifications` without `objects: 's3'`.
 */
export async function startLocalRuntime(options: LocalRuntimeOptions): Promise<LocalRuntime> {
  const { host = '127.0.0.1', port = 0, limits = {} } = options
  const allowedHosts = options.allowedHosts?.map((name) => name.toLowerCase())
  const log = createRequestLog(options.maxRecordedRequests ?? 1000)
  const active = new Set<Promise<void>>()
  const track = (work: Promise<void>): void => {
    active.add(work)
    void work.finally(() => active.delete(work))
  }
  const closing = new AbortController()
  const guard: GuardRules = { callers: 'programs', hosts: isLoopbackAddress(host) ? allowedHosts : 'any' }
  const awsLocation = { region: options.region ?? 'us-east-1', accountId: options.accountId ?? '123456789012' }
  const endpoints = new Map(
    Object.entries(options.endpoints).map(([name, endpoint]) => [name, hostEndpoint(name, endpoint)]),
  )
  const topics = topicsOf([...endpoints.values()])
  if (topics.size > 0 && options.objects !== 's3') throw new RangeError("notifications need objects: 's3'.")
  const services = options.objects === 's3' ? await startAwsServices(host, awsLocation.region, guard) : undefined
  const objects = services?.objects ?? createObjectStore()
  const topicArns = new Map<string, string>()
  for (const { asyncPath } of endpoints.values()) await services?.createBucket(bucketAndKey(`${asyncPath}/`).bucket)
  for (const topic of topics) topicArns.set(topic, (await services?.createTopic(topic)) ?? '')
  const context: HandlerContext = {
    endpoints,
    controlPlane: controlPlane(options, { endpoints, objects, awsLocation, signal: closing.signal, track }),
    awsLocation,
    async: {
      objects,
      awsLocation,
      signal: closing.signal,
      track,
      publish: async (topic, message) => services?.publish(topicArns.get(topic) ?? '', message),
    },
    requireSignature: options.requireSignature,
    maxBodyBytes: limits.maxBodyBytes ?? defaultMaxBodyBytes,
    timeoutMs: (operation) =>
      operation === 'invoke' ? (limits.answerTimeoutMs ?? 60_000) : (limits.streamTimeoutMs ?? 480_000),
    guard,
    log,
    onAnswered(request) {
      try {
        options.onAnswered?.(request)
      } catch (error) {
        process.emitWarning(`onAnswered threw ${String(error)}`, 'LocalRuntimeWarning')
      }
    },
  }
  const server = createServer((request, response) => {
    const crashed = (error: unknown): Promise<void> =>
      sendServiceResponse(response, serviceErrorResponse('InternalFailure', { message: String(error) }))
    track(handleRequest(context, request, response).catch(crashed))
  })
  // Longer than clients keep idle sockets, so that a client never reuses a socket that is about to be closed.
  server.keepAliveTimeout = 60_000
  const sockets = trackOpenSockets(server)
  try {
    await listen(server, port, host)
  } catch (error) {
    await services?.close()
    throw error
  }
  const address = server.address() as AddressInfo
  const url = `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`
  const connection: LocalConnection = {
    endpoint: url,
    region: awsLocation.region,
    credentials: credentialsFor(options.requireSignature),
  }
  const serviceConnection: LocalServiceConnection | undefined = services && {
    ...connection,
    endpoint: services.endpoint,
    forcePathStyle: true,
  }
  let closed: Promise<void> | undefined

  const idle = async (): Promise<void> => {
    while (active.size > 0) await Promise.allSettled(active)
  }
  const shutDown = async (drainMs: number): Promise<void> => {
    const stopped = new Promise<void>((resolve) => server.close(() => resolve()))
    if (drainMs > 0) await withinTime(idle(), drainMs)
    closing.abort()
    sockets.destroyAll()
    await Promise.all([stopped, idle()])
    await services?.close()
  }

  const close: LocalRuntime['close'] = ({ drainMs = 0 } = {}) => (closed ??= shutDown(drainMs))

  return {
    url,
    connection,
    port: address.port,
    s3: serviceConnection,
    sqs: serviceConnection,
    sns: serviceConnection,
    requests: log.requests,
    objects,
    get openSockets() {
      return sockets.count
    },
    get activeRequests() {
      return active.size
    },
    waitForOpenSockets: (maxCount = 0, timeoutMs = 5000) => sockets.waitFor(maxCount, timeoutMs),
    idle,
    close,
    [Symbol.asyncDispose]: () => close(),
  }
}

function topicsOf(endpoints: readonly HostedEndpoint[]): ReadonlySet<string> {
  return new Set(
    endpoints
      .flatMap(({ options: { notifications } }) => [notifications?.successTopic, notifications?.errorTopic])
      .filter((topic) => topic !== undefined),
  )
}

/** Returns the control plane, unless it is disabled. */
function controlPlane(
  { controlPlane: wanted = true, requireSignature }: LocalRuntimeOptions,
  environment: TransformEnvironment,
): HandlerContext['controlPlane'] {
  if (wanted === false) return undefined
  const options = wanted === true ? {} : wanted
  const { endpoints, awsLocation } = environment
  const transformJobs = new TransformJobs(environment, options.transformJobs)
  const startedAt = Math.floor(Date.now() / 1000)
  return { endpoints, awsLocation, requireSignature, options, startedAt, transformJobs }
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function withinTime(work: Promise<void>, timeoutMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, timeoutMs)
    void work.finally(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}
