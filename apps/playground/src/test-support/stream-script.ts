import { part, pause, scripted, stream, type LocalEndpoint, type Step } from '@x/sagemaker-local'

/** One event of a chat in the OpenAI format. */
export const chatEvent = (delta: object, finishReason: string | null = null): string =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finishReason }] })}\n\n`

/** An endpoint that streams this text, one word at a time, and ends well. */
export const saying = (text: string): LocalEndpoint =>
  scripted(() =>
    stream([
      ...(text.match(/\s*\S+/g) ?? []).map((content) => part(chatEvent({ content }))),
      part(chatEvent({}, 'stop')),
      part('data: [DONE]\n\n'),
    ]),
  )

/** An endpoint that sends exactly these parts, a moment apart, so that each arrives by itself. */
export const sending = (parts: readonly Uint8Array[]): LocalEndpoint =>
  scripted(() => stream(parts.flatMap((bytes): Step[] => [pause(30), part(bytes)])))
