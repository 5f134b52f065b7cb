import { InvokeEndpointWithResponseStreamCommand, SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime'
import {
  damagedPart,
  htmlError,
  modelStreamError,
  part,
  scripted,
  silence,
  stall,
  startLocalRuntime,
  stream,
  type LocalAnswer,
  type LocalRuntime,
} from '@x/sagemaker-local'
import { expect, onTestFinished, test } from 'vitest'
import { credentials, localEndpoint } from './test-support/local-endpoint.ts'

/** What a caller sees of a call, in one word or two. */
type Seen = string

interface Comparison {
  readonly what: string
  readonly answer: () => LocalAnswer
  /** Reads a stream as far as the case says. */
  readonly read?: (parts: AsyncIterable<unknown>, controller: AbortController) => Promise<void>
  readonly sdk: Seen
  readonly ours: Seen
}

/** How long something is waited for that is not expected to happen, and something that is. */
const waitMs = { unexpected: 300, expected: 10_000 }

async function readAll(parts: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of parts);
}

async function readOne(parts: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of parts) break
}

async function abortAfterOne(parts: AsyncIterable<unknown>, controller: AbortController): Promise<void> {
  for await (const _ of parts) controller.abort(new Error('user pressed stop'))
}

const comparisons: readonly Comparison[] = [
  {
    what: 'a stream is left after one part',
    answer: () => stream([part('one'), part('two'), stall()]),
    read: readOne,
    sdk: 'ended, socket open',
    ours: 'ended, socket closed',
  },
  {
    what: 'a stream is aborted',
    answer: () => stream([part('one'), stall()]),
    read: abortAfterOne,
    sdk: 'Error ECONNRESET, socket closed',
    ours: 'AbortError aborted "user pressed stop", socket closed',
  },
  {
    what: 'silence before the headers',
    answer: () => silence(),
    sdk: 'hangs, socket open',
    ours: 'SagemakerError timeout, socket closed',
  },
  {
    what: 'silence after the headers',
    answer: () => stream([stall()]),
    sdk: 'hangs, socket open',
    ours: 'SagemakerError timeout, socket closed',
  },
  {
    what: 'silence between parts',
    answer: () => stream([part('one'), stall()]),
    sdk: 'hangs, socket open',
    ours: 'SagemakerError timeout, socket closed',
  },
  {
    what: 'an exception, and the server leaves the stream open',
    answer: () => stream([part('one'), modelStreamError('StreamBroken'), stall()]),
    sdk: 'ModelStreamError without request id, socket open',
    ours: 'SagemakerError stream-interrupted, socket closed',
  },
  {
    what: 'a wrong checksum, and the server leaves the stream open',
    answer: () => stream([part('one'), damagedPart('message-checksum'), stall()]),
    sdk: 'Error, socket open',
    ours: 'SagemakerError stream-corrupt, socket closed',
  },
  {
    what: 'a length prefix of 1 GiB',
    answer: () => stream([part('one'), damagedPart('oversized-length'), stall()]),
    sdk: 'hangs, socket open',
    ours: 'SagemakerError stream-corrupt, socket closed',
  },
  {
    what: 'the stream ends within a frame',
    answer: () => stream([part('one'), damagedPart('truncated')]),
    sdk: 'Error, socket open',
    // HTTP itself has ended well: the connection waits for the next call.
    ours: 'SagemakerError stream-interrupted, socket open',
  },
  {
    what: 'a page of HTML with status 403',
    answer: () => htmlError(403),
    sdk: 'SyntaxError, socket open',
    ours: 'SagemakerError access-denied, socket open',
  },
]

test.each(comparisons)(
  '$what: SDK "$sdk", ours "$ours"',
  { timeout: 40_000 },
  async ({ answer, read = readAll, sdk, ours }) => {
    await using forSdk = await startLocalRuntime({ endpoints: { it: scripted(answer) } })
    await using forOurs = await startLocalRuntime({ endpoints: { it: scripted(answer) } })
    const limitMs = ours.includes('timeout') ? 50 : waitMs.expected
    const seenFromOurs = await see(forOurs, ours, async (controller) => {
      const endpoint = localEndpoint(forOurs, 'it', { timeouts: { firstByteMs: limitMs, idleMs: limitMs } })
      await read(endpoint.invokeStream('{}', { signal: controller.signal }), controller)
    })
    const seenFromSdk = await see(forSdk, sdk, (controller) => readFromSdk(forSdk, read, controller))
    expect({ sdk: seenFromSdk, ours: seenFromOurs }).toEqual({ sdk, ours })
  },
)

async function readFromSdk(
  runtime: LocalRuntime,
  read: NonNullable<Comparison['read']>,
  controller: AbortController,
): Promise<void> {
  const client = new SageMakerRuntimeClient({ endpoint: runtime.url, region: 'us-east-1', credentials, maxAttempts: 1 })
  onTestFinished(() => client.destroy())
  const command = new InvokeEndpointWithResponseStreamCommand({ EndpointName: 'it', Body: '{}' })
  const { Body } = await client.send(command, { abortSignal: controller.signal })
  await read(Body!, controller)
}

async function see(
  runtime: LocalRuntime,
  expected: Seen,
  call: (controller: AbortController) => Promise<void>,
): Promise<Seen> {
  const controller = new AbortController()
  const outcome = await Promise.race([
    call(controller).then(
      () => 'ended',
      (error: unknown) => describeError(error),
    ),
    new Promise<string>((resolve) => {
      setTimeout(resolve, expected.startsWith('hangs') ? waitMs.unexpected : waitMs.expected, 'hangs')
    }),
  ])
  const socketWaitMs = expected.endsWith('open') ? waitMs.unexpected : waitMs.expected
  const isClosed = await runtime.waitForOpenSockets(0, socketWaitMs).then(
    () => true,
    () => false,
  )
  return `${outcome}, socket ${isClosed ? 'closed' : 'open'}`
}

function describeError(error: unknown): string {
  const { name, code, cause, $fault, $metadata } = error as {
    name: string
    code?: string
    cause?: unknown
    $fault?: string
    $metadata?: { requestId?: string }
  }
  const because = cause instanceof Error && name === 'AbortError' ? ` "${cause.message}"` : ''
  const unidentified = $fault !== undefined && $metadata?.requestId === undefined ? ' without request id' : ''
  return `${name}${code === undefined ? '' : ` ${code}`}${because}${unidentified}`
}
