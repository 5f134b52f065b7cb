import { json, type LocalAnswer } from '../../../answers/local-answer.ts'
import type { FinishReason, GeneratedToken } from '../../language/generate.ts'
import { complete, inputLength, startGeneration, textOf, type DemoSettings, type Generation } from '../generation.ts'
import { fieldsOf, type JsonObject } from '../../../answers/json-fields.ts'
import { eventStream } from '../stream-values.ts'
import { TgiValidationError, tgiRefusal } from './errors.ts'
import { readTgiParameters, validateTgiParameters } from './parameters.ts'

/** TGI's own API: `inputs`, `parameters`, `stream`. Throws a `FieldError` for a body of another shape. */
export function answerTgiGenerate(body: JsonObject, settings: DemoSettings): LocalAnswer {
  const fields = fieldsOf(body)
  const prompt = fields.string('inputs') ?? ''
  // TGI samples by default, but not once there are parameters.
  const parameters = fields.object('parameters') ?? { do_sample: true }
  const options = fieldsOf(parameters)
  const answerParts = {
    streaming: fields.boolean('stream') ?? false,
    details: options.boolean('details') ?? false,
    prefix: options.boolean('return_full_text') ? prompt : '',
  }
  const bestOf = options.integer('best_of') ?? 1
  const read = readTgiParameters(parameters)
  try {
    if (bestOf !== 1 && answerParts.streaming)
      throw new TgiValidationError('`best_of` != 1 is not supported when streaming tokens')
    if (answerParts.streaming && options.boolean('decoder_input_details')) {
      throw new TgiValidationError('`decoder_input_details` == true is not supported when streaming tokens')
    }
    const valid = validateTgiParameters(read, inputLength(prompt), settings)
    const generation = startGeneration(prompt, valid)
    const reply = { ...answerParts, seed: valid.reportedSeed }
    return reply.streaming ? eventStream(streamValues(generation, reply), settings) : json(wholeBody(generation, reply))
  } catch (error) {
    if (error instanceof TgiValidationError) return tgiRefusal(error, answerParts.streaming)
    throw error
  }
}

interface Reply {
  readonly details: boolean
  readonly prefix: string
  readonly seed: number | null
}

function wholeBody(generation: Generation, { details, prefix, seed }: Reply): unknown {
  const { tokens, text, finishReason } = complete(generation)
  const answer = { generated_text: prefix + text }
  if (!details) return [answer]
  return [
    {
      ...answer,
      details: { finish_reason: finishReason, generated_tokens: tokens.length, seed, prefill: [], tokens },
    },
  ]
}

/** One event per token. The last one also has the whole text and, if asked for, the details. */
function* streamValues(generation: Generation, { details, prefix, seed }: Reply): Generator<object> {
  const tokens: GeneratedToken[] = []
  const event = (token: GeneratedToken, end?: FinishReason): object => ({
    index: tokens.length,
    token,
    generated_text: end === undefined ? null : prefix + textOf(tokens),
    details:
      end === undefined || !details
        ? null
        : { finish_reason: end, generated_tokens: tokens.length, seed, input_length: generation.inputLength },
  })
  let next = generation.tokens.next()
  while (!next.done) {
    const token = next.value
    tokens.push(token)
    next = generation.tokens.next()
    yield next.done ? event(token, next.value) : event(token)
  }
}
