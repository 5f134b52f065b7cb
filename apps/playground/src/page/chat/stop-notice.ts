import type { RunEventOf } from '../../protocol/run-event.ts'
import type { RecordedRequest } from '../../protocol/recorded-request.ts'

/** What to say of an answer that ended before the model was done; `undefined` for one that ended as it should. */
export function stopNotice(
  { stopReason, rawStopReason }: Pick<RunEventOf<'end'>, 'stopReason' | 'rawStopReason'>,
  request: RecordedRequest,
): string | undefined {
  if (stopReason === undefined || normal.has(stopReason)) return undefined
  if (stopReason === 'max_tokens') {
    const limit = 'parameters' in request ? request.parameters.maxNewTokens : undefined
    return limit === undefined
      ? 'The answer is cut off: it reached the limit of new tokens.'
      : `The answer is cut off: it reached the limit of ${limit.toLocaleString('en-US')} new tokens. Raise “Max new tokens” for more.`
  }
  return notices[stopReason] ?? `The answer ended early. The container’s reason: ${rawStopReason ?? stopReason}.`
}

const normal = new Set(['end_turn', 'stop_sequence', 'tool_use'])

const notices: Readonly<Record<string, string>> = {
  content_filtered: 'A content filter ended the answer.',
  guardrail_intervened: 'A guardrail ended the answer.',
  model_context_window_exceeded: 'The answer is cut off: the context window of the model is full.',
  malformed_model_output: 'The model wrote something that the container could not read.',
  malformed_tool_use: 'The model wrote a tool call that cannot be read.',
}
