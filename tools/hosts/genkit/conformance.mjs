// Runs Genkit's own tests of a model against the endpoint of the local runtime whose URL is the argument, and prints one line for each.
import { testModels } from '@genkit-ai/ai/testing'
import { SagemakerLLM } from '@x/sagemaker-llm'
import { genkit } from 'genkit'
import { defineSagemakerModel } from './sagemaker-model.mjs'

const ai = genkit({})
const llm = new SagemakerLLM({
  endpointName: 'my-model',
  endpoint: process.argv[2],
  temperature: null,
  maxNewTokens: null,
  reasoning: 'auto',
})
defineSagemakerModel(ai, llm)

for (const { description, models } of await testModels(ai.registry, ['sagemaker/my-model'])) {
  for (const { passed, skipped, error } of models) {
    console.log(`${description}: ${passed ? 'passed' : skipped ? 'skipped' : error?.message}`)
  }
}

const { stream, response } = ai.generateStream({ model: 'sagemaker/my-model', prompt: 'just say "Hi", literally' })
const pieces = []
for await (const { text } of stream) pieces.push(text)
console.log(`stream: ${pieces.length > 1} ${pieces.join('') === (await response).text}`)
llm.close()
