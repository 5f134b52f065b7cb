import { containerError, json, stream, type LocalAnswer } from '../answers/local-answer.ts'
import type { LocalEndpoint } from '../answers/local-endpoint.ts'
import { isObject, isStrings, parseJson, type JsonObject } from '../answers/json-fields.ts'
import type { ReceivedRequest } from '../answers/received-request.ts'
import {
  completionRequest,
  generatedAnswer,
  generatedEvents,
  embeddingRequest,
  embeddingVectors,
} from './inputs-mapping.ts'
import { forward } from './forward.ts'

/** Options of {@link openaiProxy}. */
export interface OpenAIProxyOptions {
  /** Base URL of the server, including `/v1`: for Ollama `http://127.0.0.1:11434/v1`. */
  readonly url: string
  /**
   * Model for requests that name none.
   * @defaultValue the first model that the server lists
   */
  readonly model?: string | undefined
  /** API key, sent as bearer token. */
  readonly apiKey?: string | undefined
  /**
   * Task for `inputs` that are one text. Several texts are always embedded.
   * @defaultValue `'generation'`
   */
  readonly task?: 'generation' | 'embedding' | undefined
}

/**
 * Creates an endpoint in front of any OpenAI-compatible server (Ollama, llama.cpp, vLLM). Forwards bodies with `messages`, `prompt` or `input` to the
 * matching route and streams the answers back unchanged. Converts bodies with `inputs` in both directions: one text to a completion in the format
 * of Text Generation Inference, several texts to embeddings in the format of Text Embeddings Inference. Redirects are not followed.
 */
export function openaiProxy(options: OpenAIProxyOptions): LocalEndpoint {
  const base = options.url.replace(/\/$/, '')
  const headers = {
    'content-type': 'application/json',
    ...(options.apiKey === undefined ? {} : { authorization: `Bearer ${options.apiKey}` }),
  }
  const defaultModel = once(async () => options.model ?? (await firstModel(base, headers)))

  const send = async (request: ReceivedRequest, route: string, body: JsonObject): Promise<LocalAnswer> => {
    const model = typeof body['model'] === 'string' && body['model'] !== '' ? body['model'] : await defaultModel()
    const content = model === undefined ? body : { ...body, model }
    return forward(request, { url: `${base}/${route}`, headers, body: JSON.stringify(content) })
  }

  return {
    description: `The OpenAI-compatible server at ${base}`,
    exampleBody: '{"messages":[{"role":"user","content":"Why is the sky blue?"}]}',
    async answer(request) {
      const parsed = parseJson(request.text)
      if ('error' in parsed || !isObject(parsed.value))
        return containerError(400, { error: { message: 'The body must be a JSON object.' } })
      const body = parsed.value
      if ('messages' in body) return send(request, 'chat/completions', body)
      if ('prompt' in body) return send(request, 'completions', body)
      if ('input' in body) return send(request, 'embeddings', body)
      const { inputs } = body
      if (isStrings(inputs) || (typeof inputs === 'string' && options.task === 'embedding')) {
        return translate(await send(request, 'embeddings', embeddingRequest(inputs)), (value) =>
          json(embeddingVectors(value)),
        )
      }
      if (typeof inputs !== 'string')
        return containerError(422, {
          error: 'The body needs messages, prompt, input or inputs.',
          error_type: 'validation',
        })
      const answer = await send(request, 'completions', completionRequest(inputs, body))
      if (body['stream'] === true && isSuccess(answer)) return stream(generatedEvents(answer.steps, inputs, body))
      return translate(answer, (value) => json(generatedAnswer(value, inputs, body)))
    },
  }
}

function isSuccess(answer: LocalAnswer): answer is Extract<LocalAnswer, { kind: 'container' }> {
  return answer.kind === 'container' && (answer.status ?? 200) < 400
}

/** Converts the whole body of a success; failures are returned unchanged. */
async function translate(answer: LocalAnswer, map: (value: unknown) => LocalAnswer): Promise<LocalAnswer> {
  if (!isSuccess(answer)) return answer
  const chunks: Uint8Array[] = []
  for await (const chunk of answer.steps) if (chunk instanceof Uint8Array) chunks.push(chunk)
  const parsed = parseJson(Buffer.concat(chunks).toString())
  return 'error' in parsed ? containerError(502, `The model server sent no JSON: ${parsed.error}`) : map(parsed.value)
}

async function firstModel(base: string, headers: Readonly<Record<string, string>>): Promise<string | undefined> {
  try {
    const response = await fetch(`${base}/models`, { headers, redirect: 'manual' })
    const { data } = (await response.json()) as { data?: readonly { id?: string }[] }
    return data?.[0]?.id
  } catch {
    // The request itself fails with a better message.
    return undefined
  }
}

/** Caches the result of a function, but not `undefined`, because the server may still be starting. */
function once(ask: () => Promise<string | undefined>): () => Promise<string | undefined> {
  let known: string | undefined
  return async () => (known ??= await ask())
}
