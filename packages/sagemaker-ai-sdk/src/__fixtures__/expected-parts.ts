import type { LanguageModelV4StreamPart } from '@ai-sdk/provider'
import { expect } from 'vitest'
import type { FinishReason, Usage, Warning } from '../contract/stream-part.ts'

type Part = LanguageModelV4StreamPart

export const start = (...warnings: Warning[]): Part => ({ type: 'stream-start', warnings })

/** The names of an answer. Without an id of the container's, it is that of the request. */
export const names = (given: { id?: string; timestamp?: Date; modelId?: string } = {}): Part => ({
  type: 'response-metadata',
  id: expect.any(String) as unknown as string,
  ...given,
})

function block(kind: 'text' | 'reasoning', index: number, deltas: readonly string[]): Part[] {
  const id = String(index)
  return [
    { type: `${kind}-start`, id },
    ...deltas.map((delta): Part => ({ type: `${kind}-delta`, id, delta })),
    { type: `${kind}-end`, id },
  ]
}

export const text = (index: number, ...deltas: readonly string[]): Part[] => block('text', index, deltas)
export const reasoning = (index: number, ...deltas: readonly string[]): Part[] => block('reasoning', index, deltas)

/** The parts of a tool call up to the end of its input. */
export const toolInput = (id: string, toolName: string, ...deltas: readonly string[]): Part[] => [
  { type: 'tool-input-start', id, toolName },
  ...deltas.map((delta): Part => ({ type: 'tool-input-delta', id, delta })),
  { type: 'tool-input-end', id },
]

export const toolCall = (id: string, toolName: string, ...deltas: readonly string[]): Part[] => [
  ...toolInput(id, toolName, ...deltas),
  { type: 'tool-call', toolCallId: id, toolName, input: deltas.join('') || '{}' },
]

/** Stands for an id that was generated, the same in every part that has it. */
export const anyId = expect.stringMatching(/^\w+/) as unknown as string

export const unknownUsage: Usage = {
  inputTokens: { total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: undefined, text: undefined, reasoning: undefined },
}

/** Usage of which the container reports two numbers, in its own words `raw`. */
export const used = (input: number | undefined, output: number | undefined, raw: object): Usage => ({
  inputTokens: { ...unknownUsage.inputTokens, total: input },
  outputTokens: { ...unknownUsage.outputTokens, total: output },
  raw: raw as NonNullable<Usage['raw']>,
})

/** The last part. `more` are further members of the provider metadata. */
export function finish(
  unified: FinishReason['unified'],
  raw: string | undefined,
  stopReason: string,
  usage: Usage = unknownUsage,
  more: object = {},
): Part {
  const exchange = { requestId: expect.any(String) as unknown, invokedProductionVariant: 'AllTraffic', attempts: 1 }
  return {
    type: 'finish',
    finishReason: { unified, raw },
    usage,
    providerMetadata: { sagemaker: { ...exchange, stopReason, ...more } as never },
  }
}

/** How an answer ends that failed. */
export const failure = (error: object): Part[] => [
  { type: 'error', error: expect.objectContaining(error) as unknown },
  { type: 'finish', finishReason: { unified: 'error', raw: undefined }, usage: unknownUsage },
]
