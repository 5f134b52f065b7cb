import { randomUUID } from 'node:crypto'
import type { JsonObject } from '../../answers/json-fields.ts'
import { json, type LocalAnswer } from '../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'
import { OpenAIRequestError } from '../language-formats/openai/errors.ts'
import { countTokens } from '../language/tokenizer.ts'
import { softmax } from '../relevance.ts'
import {
  checkVllmModel,
  checkVllmTokens,
  readVllmBody,
  readVllmInput,
  usesActivation,
  vllmUsage,
} from '../servers/vllm-server.ts'
import { labelLogits, type ClassificationSettings } from './classifier.ts'

/** `/invocations` of vLLM with a classifier: the probabilities of all labels, and the name of the best one only. */
export function answerVllmClassification(request: ReceivedRequest, settings: ClassificationSettings): LocalAnswer {
  return readVllmBody(request, (body) => {
    if ('input' in body) return classify(body, settings)
    throw new OpenAIRequestError(
      "Cannot find suitable handler for request. Expected one of: ['ClassificationCompletionRequest', 'ClassificationChatRequest']",
    )
  })
}

function classify(body: JsonObject, settings: ClassificationSettings): LocalAnswer {
  checkVllmModel(body, settings.modelName)
  const texts = readVllmInput(body['input'])
  const counts = checkVllmTokens(texts.map(countTokens), body, settings.maxTokens, 'classification')
  const names = Object.keys(settings.labels)
  return json({
    id: `classify-${randomUUID().replaceAll('-', '')}`,
    object: 'list',
    created: Math.floor(Date.now() / 1000),
    model: settings.modelName,
    data: texts.map((text, index) => {
      const logits = labelLogits(text, settings.labels)
      const probs = usesActivation(body) ? softmax(logits) : logits
      return { index, label: names[probs.indexOf(Math.max(...probs))] ?? null, probs, num_classes: names.length }
    }),
    usage: vllmUsage(counts.reduce((sum, count) => sum + count, 0)),
  })
}
