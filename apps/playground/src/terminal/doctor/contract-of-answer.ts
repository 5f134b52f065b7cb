import { contracts, type Contract } from './contract.ts'
import type { Framing } from './read-answer.ts'

type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The format of an answer, by its first value; `undefined` for one that is not known. */
export function contractOfAnswer(value: unknown, framing: Framing): Contract | undefined {
  if (Array.isArray(value)) return contractOfArray(value)
  if (!isObject(value)) return undefined
  return textContract(value, framing) ?? labelContract(value) ?? embeddingContract(value)
}

function textContract(value: Json, framing: Framing): Contract | undefined {
  const has = (...members: string[]): boolean => members.some((member) => value[member] !== undefined)
  // LMI sends what vLLM sends, as plain lines.
  if (has('choices')) return framing === 'json-lines' ? contracts.lmi : contracts.openai
  if (isObject(value['token'])) return framing === 'json-lines' ? contracts.lmi : contracts.tgi
  if (has('generated_texts')) return contracts.textInputs
  const tensor = firstObject(value['outputs'])
  if (tensor?.['datatype'] !== undefined)
    return tensor['datatype'] === 'BYTES' ? contracts.tritonTensors : contracts.kserveVectors
  if (has('generated_text', 'outputs')) return contracts.lmi
  if (has('text_output')) return contracts.triton
  if (has('completions')) return contracts.ai21
  if (has('event_type', 'is_finished', 'generations', 'generation_id')) return contracts.cohere
  if (has('generation', 'body')) return contracts.bedrockCompat
  return undefined
}

/** Labels with scores. */
function labelContract(value: Json): Contract | undefined {
  if (firstObject(value['data'])?.['probs'] !== undefined) return contracts.vllmClassification
  if (value['probabilities'] !== undefined) return contracts.jumpstartClassification
  if (value['labels'] !== undefined && value['scores'] !== undefined) return contracts.zeroShot
  return undefined
}

function embeddingContract(value: Json): Contract | undefined {
  if (value['lexical_weights'] !== undefined) return contracts.lmiSparse
  if (Array.isArray(value['data'])) return contracts.openaiEmbedding
  if (value['inputTextTokenCount'] !== undefined) return contracts.titan
  if (value['embedding'] !== undefined) return contracts.jumpstartEmbedding
  if (value['response_type'] !== undefined || value['meta'] !== undefined) return contracts.cohereEmbedding
  return value['embeddings'] === undefined ? undefined : contracts.sentenceEmbedding
}

function contractOfArray(value: readonly unknown[]): Contract | undefined {
  const [first] = value
  if (typeof first === 'number') return contracts.lmiEmbedding
  if (Array.isArray(first)) {
    if (typeof first[0] === 'number') return contracts.tei
    return Array.isArray(first[0]) ? contracts.tokenVectors : contractOfArray(first)
  }
  if (!isObject(first)) return undefined
  if (first['index'] !== undefined && first['value'] !== undefined) return contracts.teiSparse
  if (first['label'] !== undefined && first['score'] !== undefined)
    return first['label'] === 'LABEL_0' && value.length === 1 ? contracts.oneLabel : contracts.classification
  if (first['lexical_weights'] !== undefined) return contracts.lmiSparse
  if (first['generation'] !== undefined) return contracts.jumpstartLlama2
  if (first['generated_text'] === undefined) return undefined
  return first['details'] === undefined ? contracts.huggingface : contracts.tgi
}

/** The first item of a list, if it is an object. */
function firstObject(value: unknown): Json | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : undefined
  return isObject(first) ? first : undefined
}

/** Numbers in a vector of the answer; `undefined` if there is none. */
export function dimensionsOf(value: unknown): number | undefined {
  if (Array.isArray(value)) return typeof value[0] === 'number' ? value.length : dimensionsOf(value[0])
  if (!isObject(value)) return undefined
  const tensor = firstObject(value['outputs'])
  if (Array.isArray(tensor?.['shape'])) return Number(tensor['shape'].at(-1))
  return dimensionsOf(value['embedding'] ?? value['embeddings'] ?? value['data'])
}
