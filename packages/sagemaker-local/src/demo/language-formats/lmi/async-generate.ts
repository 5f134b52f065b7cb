import { body, type LocalAnswer } from '../../../answers/local-answer.ts'
import { generateDeltas, wholeAnswer, type Delta } from '../deltas.ts'
import { inputLength, type DemoSettings } from '../generation.ts'
import { fieldsOf, type JsonObject } from '../../../answers/json-fields.ts'
import { jsonLine, lineStream } from '../stream-values.ts'
import { readLmiParameters, type LmiParameters } from './parameters.ts'

/** LMI's own schema in async mode, translated for vLLM: `stop_sequences` is not, and does nothing. */
export function answerAsyncGenerate(request: JsonObject, settings: DemoSettings): LocalAnswer {
  const fields = fieldsOf(request)
  const prompt = fields.string('inputs') ?? ''
  const parameters = readLmiParameters(fields.object('parameters') ?? {}, inputLength(prompt), settings, ['stop'])
  const deltas = generateDeltas(prompt, parameters)
  const prefix = parameters.returnFullText ? prompt : ''
  if (fields.boolean('stream')) return lineStream(lines(prefix, deltas, parameters), settings, '\n')
  return body(jsonLine(wholeBody(prefix, deltas, parameters)), { contentType: 'application/json' })
}

/** The finish reason is vLLM's stop reason: null at the natural end and at the limit, else the stop sequence. */
function wholeBody(prefix: string, deltas: Iterable<Delta>, { requestSeed }: LmiParameters): object {
  const { text, deltas: all, end } = wholeAnswer(deltas)
  return {
    generated_text: prefix + text,
    details: {
      finish_reason: end.stopSequence ?? null,
      generated_tokens: end.outputTokens,
      seed: requestSeed,
      prefill: null,
      tokens: all.map(asyncToken),
    },
  }
}

function* lines(prefix: string, deltas: Iterable<Delta>, { requestSeed }: LmiParameters): Generator<object> {
  let text = prefix
  for (const delta of deltas) {
    text += delta.text
    const { end } = delta
    yield {
      index: 0,
      token: asyncToken(delta),
      generated_text: end === undefined ? null : text,
      details:
        end === undefined
          ? null
          : {
              finish_reason: end.finishReason,
              // One too many: the container counts the chunk with the usage, too.
              generated_tokens: end.outputTokens + 1,
              seed: requestSeed,
              input_length: end.inputTokens,
            },
    }
  }
}

function asyncToken({ text, token }: Delta): object {
  return { id: token.id, text, logprob: token.logprob }
}
