import { json, type LocalAnswer } from '../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'
import { chatTurns } from './chat-turns.ts'
import { generateDeltas, wholeAnswer } from './deltas.ts'
import type { DemoSettings } from './generation.ts'
import { FieldError, fieldsOf, isObject, parseJson } from '../../answers/json-fields.ts'
import { lmiHandlerError } from './lmi/errors.ts'

const defaultMaxNewTokens = 256

/**
 * Llama 2 as JumpStart first deployed it: `inputs` is a batch of one conversation, or text for the base model. It wants the licence accepted in
 * the custom attributes, does not stream, and reports neither finish reason nor usage.
 */
export function answerJumpStartLlama2(request: ReceivedRequest, settings: DemoSettings): LocalAnswer {
  if (!/\baccept_eula=true\b/i.test(request.customAttributes ?? '')) {
    return lmiHandlerError(
      "Need to pass custom_attributes='accept_eula=true' as part of header. This means you have read and accept the end-user license agreement (EULA) of the model.",
    )
  }
  const parsed = parseJson(request.text)
  if ('error' in parsed) return lmiHandlerError(parsed.error)
  try {
    if (!isObject(parsed.value)) return lmiHandlerError('The request must be a JSON object')
    const { inputs } = parsed.value
    const fields = fieldsOf(fieldsOf(parsed.value).object('parameters') ?? {})
    const options = {
      maxNewTokens: fields.integer('max_new_tokens') ?? defaultMaxNewTokens,
      temperature: fields.number('temperature') ?? 0.6,
      topP: fields.number('top_p') ?? 0.9,
      seed: settings.seed,
      stopSequences: [],
    }
    const prefix = fields.boolean('return_full_text') && typeof inputs === 'string' ? inputs : ''
    if (typeof inputs === 'string') {
      return json([{ generation: prefix + wholeAnswer(generateDeltas(inputs, options)).text }])
    }
    if (!Array.isArray(inputs) || !inputs.every(Array.isArray)) {
      return lmiHandlerError('inputs must be text or a list of conversations')
    }
    return json(inputs.map((messages) => chat(messages, options)))
  } catch (error) {
    if (error instanceof FieldError) return lmiHandlerError(error.message)
    throw error
  }
}

function chat(messages: readonly unknown[], options: Parameters<typeof generateDeltas>[1]): object {
  const turns = chatTurns(messages)
  const conversation = turns[0]?.role === 'system' ? turns.slice(1) : turns
  const alternates = conversation.every(({ role }, index) => role === (index % 2 === 0 ? 'user' : 'assistant'))
  if (!alternates || conversation.at(-1)?.role !== 'user') {
    throw new FieldError('inputs', 'a conversation that alternates between user and assistant, and ends with the user')
  }
  return { generation: { role: 'assistant', content: wholeAnswer(generateDeltas(turns, options)).text } }
}
