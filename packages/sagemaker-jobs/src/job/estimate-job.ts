import { SagemakerError } from '@x/sagemaker-endpoint'
import { maxRowsOf, requestFor } from '../engines/row-requests.ts'
import { JobLedger } from '../journal/job-ledger.ts'
import type { JobOptions } from './job-options.ts'
import { RowReader } from './row-reader.ts'

/** What a job would send. */
export interface JobEstimate {
  /** Rows of the input. */
  readonly rows: number
  /** Rows that would fail without being sent: unreadable ones, doubled ids, inputs that the codec refuses, bodies that are too long. */
  readonly refused: number
  /** Requests for the others. A batch that the container refuses is divided, which takes more. */
  readonly requests: number
  /** Bytes of their bodies. */
  readonly requestBytes: number
  /** Bytes of the longest body. */
  readonly largestRequestBytes: number
  /** Requests whose body is uploaded to S3. */
  readonly uploads: number
  /** Why rows are refused: the first ten, each with `index` and `id`. */
  readonly problems: readonly SagemakerError[]
}

const mostProblems = 10

/** Reads all rows and writes all requests without sending anything. The engine stays usable. */
export async function estimateJob<I, O>({
  rows,
  codec,
  engine,
}: Omit<JobOptions<I, O>, 'store'>): Promise<JobEstimate> {
  const { maxRowsPerRequest, maxInlineBytes, uploads: canUpload } = engine.sizes
  const problems: SagemakerError[] = []
  let refused = 0
  const refuse = (count: number, error: SagemakerError): void => {
    refused += count
    if (problems.length < mostProblems) problems.push(error)
  }
  let [requests, requestBytes, largestRequestBytes, uploads] = [0, 0, 0, 0]
  const reader = new RowReader(rows, new JobLedger(), 'the estimate', ({ error }) => refuse(1, error))
  for await (const { rows: group = [] } of reader.items(() => Math.min(maxRowsOf(codec), maxRowsPerRequest))) {
    // As the engines do, rows that do not fit into one request are sent one by one at worst.
    for (let waiting = [group]; waiting.length > 0;) {
      const [next = [], ...others] = waiting
      waiting = others
      const size = await sizeOf(() => requestFor(codec, next))
      const isRefused = typeof size !== 'number' || (size > maxInlineBytes && !canUpload)
      if (!isRefused) {
        requests++
        requestBytes += size
        largestRequestBytes = Math.max(largestRequestBytes, size)
        if (size > maxInlineBytes) uploads++
      } else if (next.length > 1) {
        const middle = Math.ceil(next.length / 2)
        waiting = [next.slice(0, middle), next.slice(middle), ...waiting]
      } else {
        const [row] = next
        const error = typeof size === 'number' ? tooLarge(size, maxInlineBytes) : size
        refuse(1, error.with({ index: row?.index, id: row?.id }))
      }
    }
  }
  return { rows: reader.length, refused, requests, requestBytes, largestRequestBytes, uploads, problems }
}

async function sizeOf(write: () => Promise<{ readonly body: Uint8Array }>): Promise<number | SagemakerError> {
  try {
    return (await write()).body.length
  } catch (error) {
    if (SagemakerError.is(error)) return error
    throw error
  }
}

function tooLarge(bytes: number, most: number): SagemakerError {
  const message = `the request has ${bytes} bytes, at most ${most} can be sent. Set the option input of asyncEngine, or send less.`
  return new SagemakerError('payload-too-large', message)
}
