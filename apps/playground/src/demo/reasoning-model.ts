import {
  json,
  part,
  pause,
  scripted,
  stream,
  type ContainerAnswer,
  type LocalEndpoint,
  type ReceivedRequest,
} from '@x/sagemaker-local'
import * as v from 'valibot'

const requestSchema = v.object({
  messages: v.pipe(v.array(v.object({ role: v.string(), content: v.optional(v.unknown()) })), v.minLength(1)),
  tools: v.optional(
    v.array(
      v.object({ function: v.object({ name: v.string(), parameters: v.optional(v.record(v.string(), v.unknown())) }) }),
    ),
  ),
  stream: v.optional(v.boolean()),
})

type ChatRequest = v.InferOutput<typeof requestSchema>

interface Reply {
  readonly reasoning: string
  readonly text?: string
  readonly call?: { readonly name: string; readonly arguments: string }
}

/**
 * Thinks aloud, then calls the first tool it is given, then tells what the tool said. A script, not a model: for seeing how
 * reasoning and tool calls arrive.
 */
export function reasoningModel(pauseMs: number): LocalEndpoint {
  const model = scripted((request) => answer(request, pauseMs))
  return { ...model, description: 'A script that thinks aloud and calls tools, in the format of vLLM (openai)' }
}

function answer(request: ReceivedRequest, pauseMs: number): ContainerAnswer {
  const parsed = v.safeParse(requestSchema, request.json())
  if (!parsed.success)
    return json(
      { error: { message: 'demo-reasoner takes messages alone.', type: 'BadRequestError', code: 400 } },
      { status: 400 },
    )
  const reply = replyTo(parsed.output)
  return parsed.output.stream === true ? streamed(reply, pauseMs) : whole(reply)
}

function replyTo({ messages, tools = [] }: ChatRequest): Reply {
  const last = messages.at(-1)
  const question = contentOf(messages.findLast(({ role }) => role === 'user'))
  if (last?.role === 'tool') {
    return {
      reasoning: 'The tool has answered. All that is left is to say it in a sentence.',
      text: `The tool says: ${contentOf(last)}.`,
    }
  }
  const [first] = tools
  if (first === undefined) {
    return {
      reasoning:
        'There is no tool in this request, so that there is nothing to call. It is best to say how to give me one.',
      text: 'I call tools. Give me one in the settings, and ask me again: what is the weather in Paris?',
    }
  }
  const { name, parameters } = first.function
  return {
    reasoning: `The question is “${question}”. I cannot know that by myself, but ${name} can. Its arguments are in the question.`,
    call: { name, arguments: JSON.stringify(guessArguments(parameters, question)) },
  }
}

const contentOf = (message: ChatRequest['messages'][number] | undefined): string => {
  const content = message?.content
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  return content
    .map((block: unknown) => (typeof block === 'object' && block !== null && 'text' in block ? String(block.text) : ''))
    .join('')
}

/** Every string parameter gets the last word of the question, every other one a plain value of its type. */
function guessArguments(schema: Record<string, unknown> | undefined, question: string): Record<string, unknown> {
  const properties = (schema?.['properties'] ?? {}) as Record<string, { readonly type?: string }>
  const word = question.match(/[\p{L}\p{N}-]+/gu)?.at(-1) ?? ''
  const values: Readonly<Record<string, unknown>> = { number: 1, integer: 1, boolean: true, array: [], object: {} }
  return Object.fromEntries(
    Object.entries(properties).map(([name, { type = 'string' }]) => [name, values[type] ?? word]),
  )
}

function streamed({ reasoning, text = '', call }: Reply, pauseMs: number): ContainerAnswer {
  const pieces = (whole: string) => whole.match(/\s*\S+/g) ?? []
  const callDeltas =
    call === undefined
      ? []
      : [
          { tool_calls: [{ index: 0, id: 'call_1', type: 'function', function: { name: call.name, arguments: '' } }] },
          ...(call.arguments.match(/.{1,6}/gs) ?? []).map((piece) => ({
            tool_calls: [{ index: 0, function: { arguments: piece } }],
          })),
        ]
  const deltas = [
    ...pieces(reasoning).map((piece) => ({ reasoning_content: piece })),
    ...pieces(text).map((piece) => ({ content: piece })),
    ...callDeltas,
  ]
  return stream([
    ...deltas.flatMap((delta) => [
      pause(pauseMs),
      part(chunk({ choices: [{ index: 0, delta, finish_reason: null }] })),
    ]),
    part(chunk({ choices: [{ index: 0, delta: {}, finish_reason: call === undefined ? 'stop' : 'tool_calls' }] })),
    part(chunk({ choices: [], usage: usageOf(deltas.length) })),
    part('data: [DONE]\n\n'),
  ])
}

const chunk = (value: object): string => `data: ${JSON.stringify({ object: 'chat.completion.chunk', ...value })}\n\n`

function whole({ reasoning, text, call }: Reply): ContainerAnswer {
  const calls = call === undefined ? [] : [{ id: 'call_1', type: 'function', function: call }]
  const message = { role: 'assistant', content: text ?? null, reasoning_content: reasoning, tool_calls: calls }
  const finishReason = call === undefined ? 'stop' : 'tool_calls'
  return json({
    object: 'chat.completion',
    choices: [{ index: 0, message, finish_reason: finishReason }],
    usage: usageOf(20),
  })
}

const usageOf = (tokens: number) => ({ prompt_tokens: 20, completion_tokens: tokens, total_tokens: 20 + tokens })
