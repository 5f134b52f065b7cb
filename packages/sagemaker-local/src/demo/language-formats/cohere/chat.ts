import { randomUUID } from 'node:crypto'
import { json, stream, type LocalAnswer } from '../../../answers/local-answer.ts'
import type { Turn } from '../../language/beginning.ts'
import { generateDeltas, wholeAnswer, type AnswerEnd, type Delta } from '../deltas.ts'
import { inputLength, type DemoSettings } from '../generation.ts'
import { fieldsOf, isObject, type JsonObject } from '../../../answers/json-fields.ts'
import { steps } from '../stream-values.ts'
import { chooseToolCall, type OfferedTool } from '../tool-call.ts'
import { cohereFinishReason, CohereRequestError, readCohereParameters } from './parameters.ts'

/** Cohere's chat, version 1: `message` and `chat_history`. */
export function answerCohereChat(body: JsonObject, settings: DemoSettings): LocalAnswer {
  const fields = fieldsOf(body)
  const message = fields.string('message') ?? ''
  if (message === '') throw new CohereRequestError('message must be at least 1 token long.')
  const turns: readonly Turn[] = [...readHistory(fields.array('chat_history') ?? []), { role: 'user', text: message }]
  const length = inputLength(turns)
  const options = readCohereParameters(body, length, settings)
  const call =
    'tool_results' in body ? undefined : chooseToolCall(turns, readTools(fields.array('tools') ?? []), 'auto')
  const ids = { response_id: randomUUID(), generation_id: randomUUID() }
  if (call) {
    const toolCalls = [{ name: call.name, parameters: call.input }]
    const whole = {
      ...ids,
      text: '',
      chat_history: [],
      finish_reason: 'COMPLETE',
      meta: meta(length, 1),
      tool_calls: toolCalls,
    }
    return fields.boolean('stream') ? cohereStream(toolEvents(whole, ids.generation_id), settings) : json(whole)
  }
  const deltas = generateDeltas(turns, options)
  if (fields.boolean('stream')) return cohereStream(textEvents(deltas, ids), settings)
  const { text, end } = wholeAnswer(deltas)
  return json(wholeReply(text, end, ids))
}

interface Ids {
  readonly response_id: string
  readonly generation_id: string
}

function wholeReply(text: string, end: AnswerEnd, ids: Ids): object {
  return {
    ...ids,
    text,
    chat_history: [],
    finish_reason: cohereFinishReason(end),
    meta: meta(end.inputTokens, end.outputTokens),
  }
}

function meta(input: number, output: number): object {
  return { api_version: { version: '1' }, billed_units: { input_tokens: input, output_tokens: output } }
}

/** JSON objects one after the other, with nothing between them. */
function cohereStream(events: Iterable<object>, settings: DemoSettings): LocalAnswer {
  return stream(
    steps(events, settings, (event) => JSON.stringify(event)),
    { contentType: 'application/json' },
  )
}

function* textEvents(deltas: Iterable<Delta>, ids: Ids): Generator<object> {
  yield { is_finished: false, event_type: 'stream-start', generation_id: ids.generation_id }
  let whole = ''
  for (const { text, end } of deltas) {
    whole += text
    if (text !== '') yield { is_finished: false, event_type: 'text-generation', text }
    if (!end) continue
    const response = wholeReply(whole, end, ids)
    yield { is_finished: true, event_type: 'stream-end', finish_reason: cohereFinishReason(end), response }
  }
}

function* toolEvents(whole: { readonly tool_calls: readonly object[] }, generationId: string): Generator<object> {
  yield { is_finished: false, event_type: 'stream-start', generation_id: generationId }
  yield { is_finished: false, event_type: 'tool-calls-generation', tool_calls: whole.tool_calls }
  yield { is_finished: true, event_type: 'stream-end', finish_reason: 'COMPLETE', response: whole }
}

const roles: Readonly<Record<string, string>> = { USER: 'user', CHATBOT: 'assistant', SYSTEM: 'system' }

function readHistory(history: readonly unknown[]): Turn[] {
  return history.filter(isObject).map(({ role, message }) => ({
    role: roles[String(role)] ?? 'user',
    text: typeof message === 'string' ? message : '',
  }))
}

/** Cohere describes each parameter separately, where others have a JSON Schema. */
function readTools(tools: readonly unknown[]): OfferedTool[] {
  return tools.filter(isObject).flatMap((tool) => {
    const fields = fieldsOf(tool)
    const name = fields.string('name')
    if (name === undefined) return []
    const properties = fields.object('parameter_definitions') ?? {}
    const schema = Object.entries(properties).map(([key, value]) => [key, { type: jsonType(value) }])
    return [
      { name, description: fields.string('description') ?? '', schema: { properties: Object.fromEntries(schema) } },
    ]
  })
}

const jsonTypes: Readonly<Record<string, string>> = {
  str: 'string',
  int: 'integer',
  float: 'number',
  bool: 'boolean',
  list: 'array',
}

function jsonType(definition: unknown): string {
  const type = isObject(definition) ? String(definition['type']) : 'str'
  return jsonTypes[type] ?? type
}
