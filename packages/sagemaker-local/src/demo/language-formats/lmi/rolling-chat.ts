import { json, type LocalAnswer } from '../../../answers/local-answer.ts'
import { chatTurns } from '../chat-turns.ts'
import { generateDeltas, wholeAnswer, type AnswerEnd, type Delta } from '../deltas.ts'
import { inputLength, type DemoSettings } from '../generation.ts'
import { fieldsOf, isStrings, type JsonObject } from '../../../answers/json-fields.ts'
import { openaiUsage } from '../openai/envelope.ts'
import { lineStream } from '../stream-values.ts'
import { LmiRequestError } from './errors.ts'

let answers = 0

/** Chat in rolling batch: OpenAI-like, with its own finish reasons; a stream is JSON lines without an end marker. */
export function answerRollingChat(body: JsonObject, settings: DemoSettings): LocalAnswer {
  const fields = fieldsOf(body)
  const turns = chatTurns(fields.array('messages') ?? [])
  const length = inputLength(turns)
  const maxNewTokens = fields.integer('max_tokens') ?? settings.contextWindow - length
  if (maxNewTokens < 1 || length + maxNewTokens > settings.contextWindow) {
    throw new LmiRequestError(`This model's maximum context length is ${settings.contextWindow} tokens.`)
  }
  const stop = body['stop']
  const deltas = generateDeltas(turns, {
    maxNewTokens,
    temperature: fields.number('temperature') ?? 1,
    topP: fields.number('top_p'),
    seed: fields.integer('seed') ?? settings.seed,
    stopSequences: typeof stop === 'string' ? [stop] : isStrings(stop) ? stop : [],
  })
  const created = Math.floor(Date.now() / 1000)
  const id = `chatcmpl-${answers++}`
  return fields.boolean('stream')
    ? lineStream(chunks(deltas, { id, object: 'chat.completion.chunk', created }), settings)
    : json(wholeBody(deltas, { id, object: 'chat.completion', created }))
}

function wholeBody(deltas: Iterable<Delta>, envelope: object): object {
  const { text, end } = wholeAnswer(deltas)
  const message = { role: 'assistant', content: text }
  return {
    ...envelope,
    choices: [{ index: 0, message, logprobs: null, finish_reason: rawFinishReason(end) }],
    usage: openaiUsage(end),
  }
}

/** The first delta has the role beside its text. There is no usage. */
function* chunks(deltas: Iterable<Delta>, envelope: object): Generator<object> {
  let first = true
  for (const { text, end } of deltas) {
    const delta = first ? { content: text, role: 'assistant' } : { content: text }
    first = false
    yield {
      ...envelope,
      choices: [{ index: 0, delta, logprobs: null, finish_reason: end === undefined ? null : rawFinishReason(end) }],
    }
  }
}

function rawFinishReason({ finishReason }: AnswerEnd): string {
  return finishReason === 'stop' ? 'eos_token' : finishReason
}
