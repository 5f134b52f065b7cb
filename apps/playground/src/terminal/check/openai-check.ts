import { NoResponse, requestContainer, type PlainResponse } from './container-http.ts'
import { excerpt, fail, pass, skipped, warn, type Finding } from './finding.ts'
import type { Subject } from './subject.ts'

const path = '/v1/chat/completions'

/** Checks the container's OpenAI-compatible path, where it has one. */
export async function checkOpenAIPath(subject: Subject): Promise<Finding> {
  const { containerUrl, signal, timeoutMs } = subject
  if (containerUrl === undefined) return skipped('Only with --url: an endpoint forwards to /invocations.')
  const model = subject.modelName ?? (await servedModel(containerUrl, subject))
  const body = { model, messages: [{ role: 'user', content: 'Hello' }], max_tokens: 8 }
  const post = (request: object): Promise<PlainResponse> =>
    requestContainer(containerUrl, path, { body: request, timeoutMs, signal })
  try {
    const whole = await post(body)
    if ([404, 405, 501].includes(whole.status)) return skipped(`The container has no ${path} (${whole.status}).`)
    if (whole.status !== 200) return warn(`POST ${path} answers ${whole.status}: ${excerpt(whole.text)}`)
    if (!hasChoices(whole.text)) return fail(`POST ${path} answers 200 without choices: ${excerpt(whole.text)}`)
    const stream = await post({ ...body, stream: true })
    if (stream.status !== 200)
      return warn(`POST ${path} answers a stream with ${stream.status}: ${excerpt(stream.text)}`)
    if (!stream.contentType.startsWith('text/event-stream'))
      return warn(
        `POST ${path} answers a stream as ${stream.contentType || 'no content type'}, not as text/event-stream.`,
      )
    if (!/^data: ?\[DONE\]\s*$/m.test(stream.text)) return warn(`The stream of ${path} does not end with [DONE].`)
    return pass(`${path}, whole and streamed${model === undefined ? '' : `, model ${model}`}`)
  } catch (error) {
    if (!(error instanceof NoResponse)) throw error
    return fail(`POST ${path}: ${error.message}.`)
  }
}

/** The name of the first model that the container lists. */
async function servedModel(containerUrl: URL, { signal, timeoutMs }: Subject): Promise<string | undefined> {
  try {
    const { text } = await requestContainer(containerUrl, '/v1/models', { timeoutMs, signal })
    const { data } = JSON.parse(text) as { data?: readonly { id?: unknown }[] }
    const id = data?.[0]?.id
    return typeof id === 'string' ? id : undefined
  } catch (error) {
    if (error instanceof NoResponse || error instanceof SyntaxError || error instanceof TypeError) return undefined
    throw error
  }
}

function hasChoices(text: string): boolean {
  try {
    const { choices } = JSON.parse(text) as { choices?: unknown }
    return Array.isArray(choices) && choices.length > 0
  } catch {
    return false
  }
}
