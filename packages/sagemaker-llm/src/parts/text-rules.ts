import type { ModelCall } from '../contract/model-call.ts'
import { type Marker, markerAtEnd, reasoningMarkers } from './reasoning-tags.ts'

/** What is done with the text of an answer. */
export interface TextRules {
  /** The text ends before the first of these. */
  readonly stopSequences: readonly string[]
  /** How reasoning is split off the text; `undefined`: the text stays as it is sent. */
  readonly reasoning?:
    | {
        readonly mode: 'split' | 'auto'
        readonly markers: readonly Marker[]
        readonly startsWithin: Marker | undefined
      }
    | undefined
}

/** The rules for the answer to a call. */
export function textRules(call: ModelCall): TextRules {
  const { reasoning = 'as-sent', reasoningTags, prompt, stopSequences = [] } = call
  const rules = { stopSequences: stopSequences.length > 0 && wantsStopStrings(call) ? [] : stopSequences }
  if (reasoning === 'as-sent') return rules
  const markers = reasoningMarkers(reasoningTags)
  return { ...rules, reasoning: { mode: reasoning, markers, startsWithin: markerAtEnd(prompt, markers) } }
}

/** vLLM's and SGLang's own ways to ask for the stop string as part of the text. */
function wantsStopStrings({ additionalParameters }: ModelCall): boolean {
  return (
    additionalParameters?.['include_stop_str_in_output'] === true || additionalParameters?.['no_stop_trim'] === true
  )
}
