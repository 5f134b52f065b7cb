import { AwsService } from '../aws/aws-service.ts'
import type { ServiceConnection } from '../aws/service-connection.ts'
import type { Completion, CompletionContext, CompletionSource } from './completion-source.ts'
import { type Notification, readNotifications } from './notification.ts'

/** Options of `sqsQueue`. */
export interface SqsQueueOptions {
  /** Client of SQS, or options for one. */
  readonly sqs?: ServiceConnection | undefined
  /**
   * How long a receive waits for messages, in seconds, 0 to 20.
   * @defaultValue 20
   */
  readonly waitTimeSeconds?: number | undefined
}

interface Message {
  readonly Body?: string
  readonly ReceiptHandle?: string
}

/**
 * Learns of answers from a queue that is subscribed to the topics of the endpoint (with or without raw delivery), or that gets the event
 * notifications of the bucket. Messages may come twice and in any order. A message is deleted once its results are durable; those of
 * other jobs stay in the queue, so give each job that runs at the same time its own. Needs `sqs:ReceiveMessage` and `sqs:DeleteMessage`.
 */
export function sqsQueue(url: string, options: SqsQueueOptions = {}): CompletionSource {
  return new SqsQueue(url, options)
}

class SqsQueue implements CompletionSource {
  readonly #url: string
  readonly #service: AwsService
  readonly #waitTimeSeconds: number
  readonly #deleting = new Set<Promise<unknown>>()

  constructor(url: string, { sqs, waitTimeSeconds = 20 }: SqsQueueOptions) {
    this.#url = url
    this.#service = new AwsService('sqs', sqs)
    this.#waitTimeSeconds = waitTimeSeconds
  }

  async *watch(context: CompletionContext): AsyncGenerator<Completion, void, undefined> {
    const { signal } = context
    try {
      while (!signal.aborted) {
        await context.waitForRequests()
        if (signal.aborted) return
        for (const message of await this.#receive(signal)) yield* this.#completionsOf(message, context)
      }
    } finally {
      await Promise.all(this.#deleting)
    }
  }

  *#completionsOf(message: Message, context: CompletionContext): Generator<Completion, void, undefined> {
    const news = readNotifications(message.Body ?? '').map((each) => this.#completionOf(each, context))
    const known = news.filter((each) => each !== undefined)
    const waiting = known.filter((each) => each !== 'done')
    // All that a message tells has to be durable before it is deleted.
    let left = waiting.length
    if (left === 0 && known.length > 0) this.#delete(message)
    for (const each of waiting) {
      const settled = (): void => {
        left--
        if (left === 0) this.#delete(message)
      }
      yield { ...each, settled }
    }
  }

  close(): void {
    this.#service.close()
  }

  async #receive(signal: AbortSignal): Promise<readonly Message[]> {
    const input = { QueueUrl: this.#url, MaxNumberOfMessages: 10, WaitTimeSeconds: this.#waitTimeSeconds }
    try {
      const call = { action: 'sqs:ReceiveMessage', target: this.#url }
      const { Messages = [] } = await this.#service.call<{ Messages?: readonly Message[] }>(
        'ReceiveMessage',
        input,
        call,
        {
          signal,
        },
      )
      return Messages
    } catch (error) {
      if (signal.aborted) return []
      throw error
    }
  }

  /** A request that waits, `done` for one of this job that does not, `undefined` for news of other jobs. */
  #completionOf(news: Notification, context: CompletionContext): Omit<Completion, 'settled'> | 'done' | undefined {
    const { jobId } = context
    if (news.kind === 'inference') {
      const prefix = `${jobId}-`
      if (!news.inferenceId.startsWith(prefix)) return undefined
      const name = news.inferenceId.slice(prefix.length)
      return context.request(name) === undefined ? 'done' : { name, succeeded: news.succeeded, reason: news.reason }
    }
    for (const { name, locations } of context.requests()) {
      if (locations?.output === news.uri) return { name, succeeded: true }
      if (locations?.failure === news.uri) return { name, succeeded: false }
    }
    return news.uri.includes(`/${jobId}/`) ? 'done' : undefined
  }

  /** Awaited at the end only: a message that is not deleted comes again, and is known then. */
  #delete({ ReceiptHandle }: Message): void {
    const call = { action: 'sqs:DeleteMessage', target: this.#url }
    const deleting: Promise<unknown> = this.#service
      .call('DeleteMessage', { QueueUrl: this.#url, ReceiptHandle }, call)
      .catch(() => {})
      .finally(() => this.#deleting.delete(deleting))
    this.#deleting.add(deleting)
  }
}
