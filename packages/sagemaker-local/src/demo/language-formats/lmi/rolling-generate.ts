import { json, type LocalAnswer } from '../../../answers/local-answer.ts'
import { generateDeltas, wholeAnswer, type AnswerEnd, type Delta } from '../deltas.ts'
import { inputLength, type DemoSettings } from '../generation.ts'
import { fieldsOf, type JsonObject } from '../../../answers/json-fields.ts'
import { lineStream } from '../stream-values.ts'
import { readLmiParameters, type LmiParameters } from './parameters.ts'

/** LMI's own schema in rolling batch: an object, or JSON lines that are one token each. */
export function answerRollingGenerate(body: JsonObject, settings: DemoSettings): LocalAnswer {
  const fields = fieldsOf(body)
  const prompt = fields.string('inputs') ?? ''
  const parameters = readLmiParameters(fields.object('parameters') ?? {}, inputLength(prompt), settings, [
    'stop_sequences',
    'stop',
  ])
  const deltas = generateDeltas(prompt, parameters)
  const reply: Reply = { prompt, parameters, deltas }
  return fields.boolean('stream') ? lineStream(lines(reply), settings) : json(wholeBody(reply))
}

interface Reply {
  readonly prompt: string
  readonly parameters: LmiParameters
  readonly deltas: Iterable<Delta>
}

function wholeBody({ prompt, parameters, deltas }: Reply): object {
  const answer = wholeAnswer(deltas)
  const text = (parameters.returnFullText ? prompt : '') + answer.text
  if (!parameters.details) return { generated_text: text }
  return { generated_text: text, details: { ...endDetails(answer.end, prompt), tokens: answer.deltas.map(lmiToken) } }
}

function* lines({ prompt, parameters, deltas }: Reply): Generator<object> {
  let text = parameters.returnFullText ? prompt : ''
  for (const delta of deltas) {
    text += delta.text
    if (!delta.end) yield { token: lmiToken(delta) }
    else {
      const details = parameters.details ? { details: endDetails(delta.end, prompt) } : {}
      yield { token: lmiToken(delta), generated_text: text, ...details }
    }
  }
}

function lmiToken({ text, token }: Delta): object {
  return { id: token.id, text, log_prob: token.logprob }
}

/** vLLM's `stop`, by a stop sequence or not, is called `eos_token` here. */
function endDetails({ finishReason, outputTokens }: AnswerEnd, prompt: string): object {
  return {
    finish_reason: finishReason === 'stop' ? 'eos_token' : finishReason,
    generated_tokens: outputTokens,
    inputs: prompt,
  }
}
