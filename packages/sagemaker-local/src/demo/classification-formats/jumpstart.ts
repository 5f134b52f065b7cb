import { json, type LocalAnswer } from '../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'
import { countTokens } from '../language/tokenizer.ts'
import { softmax } from '../relevance.ts'
import { toolkitRefusal, tooLongForToolkit } from '../servers/toolkit-server.ts'
import { labelLogits, type ClassificationSettings } from './classifier.ts'

/** Text classifiers of JumpStart: one text as `application/x-text`; names of labels only with `Accept: application/json;verbose`. */
export function answerJumpStartClassification(request: ReceivedRequest, settings: ClassificationSettings): LocalAnswer {
  if (!request.contentType?.startsWith('application/x-text')) {
    return toolkitRefusal(`Content type ${request.contentType ?? ''} is not supported, only application/x-text.`)
  }
  const tokens = countTokens(request.text) + 2
  if (tokens > settings.maxTokens) return tooLongForToolkit(tokens, settings.maxTokens)
  const labels = Object.keys(settings.labels)
  const probabilities = softmax(labelLogits(request.text, settings.labels))
  if (!/;\s*verbose\b/.test(request.accept ?? '')) return json({ probabilities })
  return json({
    probabilities,
    labels,
    predicted_label: labels[probabilities.indexOf(Math.max(...probabilities))],
  })
}
