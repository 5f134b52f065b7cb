import type { BytesLike } from './bytes.ts'
import type { ReceivedRequest } from './received-request.ts'
import { body, stream, text, type LocalAnswer, type Steps } from './local-answer.ts'
import type { LocalEndpoint } from './local-endpoint.ts'

/** Return value of a script: a {@link LocalAnswer}, a whole body (text or bytes), or the steps of a stream. */
export type ScriptedAnswer = LocalAnswer | BytesLike | Steps

/**
 * Creates an endpoint that answers with the return values of a function.
 *
 * @example
 * ```ts
 * scripted((request) => stream([part('data: {"text":"Hel'), pause(50), part('lo"}\n\n'), reset()]))
 * scripted((request) => (request.index < 2 ? serviceError('ModelNotReadyException') : json([{ generated_text: 'ok' }])))
 * ```
 *
 * @param script - Called once per request. An exception counts as a crash of the container: `ModelError` with original status 500.
 */
export function scripted(
  script: (request: ReceivedRequest) => ScriptedAnswer | Promise<ScriptedAnswer>,
): LocalEndpoint {
  return {
    description: 'A script',
    handlesSessions: true,
    answer: async (request) => toAnswer(await script(request)),
  }
}

function toAnswer(answer: ScriptedAnswer): LocalAnswer {
  if (typeof answer === 'string') return text(answer)
  if (answer instanceof Uint8Array) return body(answer)
  if ('kind' in answer) return answer
  return stream(answer)
}
