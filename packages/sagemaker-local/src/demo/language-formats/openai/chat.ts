import { json, type LocalAnswer } from '../../../answers/local-answer.ts'
import { chatTurns } from '../chat-turns.ts'
import { generateDeltas } from '../deltas.ts'
import { inputLength, type DemoSettings } from '../generation.ts'
import { fieldsOf, type JsonObject } from '../../../answers/json-fields.ts'
import { reasoningOn } from '../reasoning.ts'
import { eventStream, sseDone } from '../stream-values.ts'
import { chooseToolCall, readToolChoice, readTools } from '../tool-call.ts'
import { chatChunks, wholeChatAnswer } from './chat-answer.ts'
import { readOpenAIParameters } from './parameters.ts'
import { toolCallAnswer, toolCallChunks } from './tool-call-answer.ts'

/** Chat completions as vLLM writes them. */
export function answerOpenAIChat(body: JsonObject, settings: DemoSettings): LocalAnswer {
  const fields = fieldsOf(body)
  const turns = chatTurns(fields.array('messages') ?? [])
  const parameters = readOpenAIParameters(body, inputLength(turns), settings)
  const choice = readToolChoice(body['tool_choice'])
  const call = chooseToolCall(turns, readTools(fields.array('tools') ?? []), choice)
  if (call) {
    // vLLM calls it a stop when the tool was named by the caller.
    const finishReason = typeof choice === 'object' ? 'stop' : 'tool_calls'
    const reply = { call, finishReason, inputTokens: inputLength(turns) }
    if (!parameters.streaming) return json(toolCallAnswer(reply, settings))
    return eventStream(toolCallChunks(reply, parameters, settings), settings, sseDone)
  }
  const reply = { reasoning: reasoningOn(turns, settings), deltas: generateDeltas(turns, parameters) }
  if (!parameters.streaming) return json(wholeChatAnswer(reply, settings))
  return eventStream(chatChunks(reply, parameters, settings), settings, sseDone)
}
