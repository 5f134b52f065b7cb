import { fieldsOf, isStrings, type JsonObject } from '../../answers/json-fields.ts'
import { json, type LocalAnswer } from '../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'
import { countTokens } from '../language/tokenizer.ts'
import { sigmoid, softmax } from '../relevance.ts'
import { readToolkitBody, toolkitRefusal, tooLongForToolkit } from '../servers/toolkit-server.ts'
import { bestFirst, candidateLogits, labelLogits, type ClassificationSettings, type LabelScore } from './classifier.ts'

/**
 * The Hugging Face Inference Toolkit with `text-classification`: the best label of each text, all of them with `top_k: null`; or, for a
 * request with `candidate_labels`, with `zero-shot-classification`.
 */
export function answerHuggingFaceClassification(
  request: ReceivedRequest,
  settings: ClassificationSettings,
): LocalAnswer {
  return readToolkitBody(request, (inputs, parameters) => {
    const texts = typeof inputs === 'string' ? [inputs] : isStrings(inputs) ? inputs : undefined
    if (!texts || texts.length === 0) return toolkitRefusal('The input must be text or texts')
    const tokens = Math.max(...texts.map((text) => countTokens(text) + 2))
    if (tokens > settings.maxTokens && fieldsOf(parameters).boolean('truncation') !== true) {
      return tooLongForToolkit(tokens, settings.maxTokens)
    }
    if ('candidate_labels' in parameters) return classifyZeroShot(inputs, texts, parameters)
    const answers = texts.map((text) => classify(text, parameters, settings))
    if (!('top_k' in parameters)) return json(answers.map(([best]) => best))
    return json(typeof inputs === 'string' ? answers[0] : answers)
  })
}

function classify(text: string, parameters: JsonObject, { labels }: ClassificationSettings): LabelScore[] {
  const fields = fieldsOf(parameters)
  const logits = labelLogits(text, labels)
  const activation = fields.string('function_to_apply') ?? (logits.length === 1 ? 'sigmoid' : 'softmax')
  const scores = activation === 'none' ? logits : activation === 'sigmoid' ? logits.map(sigmoid) : softmax(logits)
  const topK = 'top_k' in parameters ? (fields.integer('top_k') ?? undefined) : 1
  return bestFirst(Object.keys(labels), scores).slice(0, topK)
}

function classifyZeroShot(inputs: unknown, texts: readonly string[], parameters: JsonObject): LocalAnswer {
  const fields = fieldsOf(parameters)
  const { candidate_labels: given } = parameters
  // A text of several labels is cut at its commas.
  const candidates =
    typeof given === 'string' ? given.split(',').map((label) => label.trim()) : fields.strings('candidate_labels')
  if (!candidates || candidates.length === 0) {
    return toolkitRefusal('You must include at least one label and at least one sequence.')
  }
  const independent = (fields.boolean('multi_label') ?? false) || candidates.length === 1
  const answers = texts.map((sequence) => {
    const logits = candidateLogits(sequence, candidates)
    const ranking = bestFirst(candidates, independent ? logits.map(sigmoid) : softmax(logits))
    return { sequence, labels: ranking.map(({ label }) => label), scores: ranking.map(({ score }) => score) }
  })
  return json(typeof inputs === 'string' ? answers[0] : answers)
}
