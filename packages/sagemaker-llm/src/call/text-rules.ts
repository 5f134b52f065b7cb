import type { TextRules } from '../parts/answer-assembly.ts'
import type { ModelCall } from '../contract/model-call.ts'

/** What is to be done with the text of the answer to a call. */
export function textRules(call: ModelCall): TextRules {
  return {
    stopSequences: wantsStopStrings(call) ? [] : (call.stopSequences ?? []),
    splitReasoning: call.reasoning === 'split',
    startsInReasoning: call.prompt?.trimEnd().endsWith('<think>'),
  }
}

/** vLLM's and SGLang's own ways to ask for the stop string as part of the text. */
function wantsStopStrings({ additionalParameters }: ModelCall): boolean {
  return (
    additionalParameters?.['include_stop_str_in_output'] === true || additionalParameters?.['no_stop_trim'] === true
  )
}
