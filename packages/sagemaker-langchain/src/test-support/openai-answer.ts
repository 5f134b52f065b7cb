import {
  json,
  part,
  type ReceivedRequest,
  type ScriptedAnswer,
  serverSentEventText,
  type Step,
} from '@x/sagemaker-local'

/** What an endpoint that speaks OpenAI's format is to answer. */
export interface OpenAIAnswer {
  readonly text?: string
  readonly reasoning?: string
  readonly calls?: readonly { readonly id: string; readonly name: string; readonly arguments: string }[]
  readonly finishReason?: 'stop' | 'length' | 'tool_calls' | 'content_filter'
  readonly usage?: object | undefined
}

/** The request of a chat, as far as tests look at it. */
export interface OpenAIRequest {
  readonly model?: string
  readonly messages: readonly {
    readonly role: string
    readonly content: unknown
    readonly tool_calls?: readonly { readonly id: string; readonly function: { name: string; arguments: string } }[]
    readonly tool_call_id?: string
  }[]
  readonly stream?: boolean
  readonly tools?: readonly { readonly function: { readonly name: string; readonly parameters: object } }[]
  readonly tool_choice?: string | { readonly function: { readonly name: string } }
  readonly response_format?: { readonly type: string; readonly json_schema?: { readonly schema: object } }
  readonly [member: string]: unknown
}

const usage = {
  prompt_tokens: 21,
  completion_tokens: 9,
  total_tokens: 30,
  prompt_tokens_details: { cached_tokens: 5 },
  completion_tokens_details: { reasoning_tokens: 2 },
}

/** The answer of a container that speaks OpenAI's format: whole, or streamed with texts and arguments in pieces. */
export function openaiAnswer(request: ReceivedRequest, answer: OpenAIAnswer): ScriptedAnswer {
  const { stream } = request.json() as OpenAIRequest
  return stream === true ? streamed(answer) : whole(answer)
}

const head = { id: 'chatcmpl-1', created: 1_760_000_000, model: 'served-model' }

function finishReasonOf({ finishReason, calls }: OpenAIAnswer): string {
  return finishReason ?? (calls === undefined ? 'stop' : 'tool_calls')
}

function whole(answer: OpenAIAnswer): ScriptedAnswer {
  const message = {
    role: 'assistant',
    content: answer.text ?? null,
    ...(answer.reasoning === undefined ? {} : { reasoning_content: answer.reasoning }),
    ...(answer.calls === undefined
      ? {}
      : { tool_calls: answer.calls.map(({ id, ...called }) => ({ id, type: 'function', function: called })) }),
  }
  const choice = { index: 0, message, finish_reason: finishReasonOf(answer) }
  const tokens = 'usage' in answer ? answer.usage : usage
  return json({ ...head, object: 'chat.completion', choices: [choice], ...(tokens ? { usage: tokens } : {}) })
}

function streamed(answer: OpenAIAnswer): ScriptedAnswer {
  const { text = '', reasoning = '', calls = [] } = answer
  const deltas: object[] = [
    { role: 'assistant' },
    ...pieces(reasoning).map((piece) => ({ reasoning_content: piece })),
    ...pieces(text).map((piece) => ({ content: piece })),
    ...calls.flatMap(({ id, name, arguments: input }, index) => [
      { tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }] },
      ...pieces(input).map((piece) => ({ tool_calls: [{ index, function: { arguments: piece } }] })),
    ]),
  ]
  const tokens = 'usage' in answer ? answer.usage : usage
  const chunk = (value: object): object => ({ ...head, object: 'chat.completion.chunk', ...value })
  return serverSentEventText([
    ...deltas.map((delta) => chunk({ choices: [{ index: 0, delta, finish_reason: null }] })),
    chunk({ choices: [{ index: 0, delta: {}, finish_reason: finishReasonOf(answer) }] }),
    ...(tokens ? [chunk({ choices: [], usage: tokens })] : []),
    '[DONE]',
  ])
}

/** The events of the deltas of texts, for streams that a test goes on writing. */
export function textEvents(...texts: readonly string[]): Step[] {
  return texts.map((content) =>
    part(`data: ${JSON.stringify({ ...head, choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`),
  )
}

/** Words, and JSON cut where a model's tokens could end. */
function pieces(text: string): readonly string[] {
  return text.match(/[^]{1,5}/gu) ?? []
}
