import type { ReasoningTags } from '@x/bedrock-like-types'

/** What begins a piece of an answer: reasoning that ends at `close`, or, without `close`, the answer itself. */
export interface Marker {
  readonly open: string
  readonly close: string | undefined
}

/**
 * The tags that models put around their reasoning.
 *
 * `<think>`: DeepSeek, Qwen and others. `<thinking>`: prompted models. `[THINK]`: Magistral. `<|channel|>`: Harmony, the form of
 * gpt-oss (github.com/openai/harmony), where a marker begins the answer, too.
 */
const knownMarkers: readonly Marker[] = [
  { open: '<think>', close: '</think>' },
  { open: '<thinking>', close: '</thinking>' },
  { open: '[THINK]', close: '[/THINK]' },
  ...['', '<|start|>assistant'].flatMap((role) => [
    { open: `${role}<|channel|>analysis<|message|>`, close: '<|end|>' },
    { open: `${role}<|channel|>final<|message|>`, close: undefined },
  ]),
]

/** The known markers, and those of the caller. */
export function reasoningMarkers(tags: readonly ReasoningTags[] = []): readonly Marker[] {
  return tags.length === 0 ? knownMarkers : [...tags, ...knownMarkers]
}

/** The marker with which a prompt ends, so that the answer begins with reasoning. */
export function markerAtEnd(prompt: string | undefined, markers: readonly Marker[]): Marker | undefined {
  const end = prompt?.trimEnd()
  return end === undefined ? undefined : markers.find(({ open, close }) => close !== undefined && end.endsWith(open))
}
