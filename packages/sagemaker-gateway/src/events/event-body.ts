import type { AnswerPart } from '../contract/answer-part.ts'
import type { EventAnswer, EventSink } from './event-answer.ts'

/** An answer that can be written. */
export type WritableAnswer = Pick<EventAnswer<AnswerPart>, 'writeTo' | 'abandon'>

const answers = new WeakMap<ReadableStream<Uint8Array>, WritableAnswer>()

/**
 * The body of a response that is an event stream. It is written as it is read, one event ahead at most.
 *
 * @param leave - Called when the reader cancels.
 */
export function eventBody(answer: WritableAnswer, leave: () => void): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let isLeft = false
  let resume: (() => void) | undefined
  let isWriting = false
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        resume?.()
        if (isWriting) return
        isWriting = true
        void answer.writeTo(sinkOf(controller)).then(() => {
          if (!isLeft) controller.close()
        })
      },
      cancel() {
        isLeft = true
        leave()
        if (!isWriting) answer.abandon()
        resume?.()
      },
    },
    { highWaterMark: 0 },
  )
  const isRead = (controller: ReadableStreamDefaultController): boolean => (controller.desiredSize ?? 0) >= 0
  const sinkOf = (controller: ReadableStreamDefaultController<Uint8Array>): EventSink => ({
    write(text) {
      if (isLeft || text === '') return undefined
      controller.enqueue(encoder.encode(text))
      return isRead(controller) ? undefined : new Promise((resolve) => (resume = resolve))
    },
    writeComment(text) {
      if (!isLeft && isRead(controller)) controller.enqueue(encoder.encode(text))
    },
  })
  answers.set(body, answer)
  return body
}

/** The answer behind a body, for servers that can write text directly. */
export function eventAnswerOf(body: ReadableStream<Uint8Array> | null): WritableAnswer | undefined {
  return body === null ? undefined : answers.get(body)
}
