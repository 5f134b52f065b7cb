import type { ConverseRequest, LanguageModel } from '@x/bedrock-like-types'

const request: ConverseRequest = {
  messages: [{ role: 'user', content: [{ text: 'Hello' }] }],
  inferenceConfig: { maxTokens: 64, stopSequences: ['.'] },
}

/** Works with any model of the interface. */
export async function firstWord(model: Pick<LanguageModel, 'complete'>): Promise<string | undefined> {
  const { text } = await model.complete('The capital of France is', { maxNewTokens: 4 })
  return text.trim().split(' ')[0]
}

console.log(JSON.stringify(request))
