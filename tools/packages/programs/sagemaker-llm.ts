import { collect, SagemakerLLM, tgi } from '@x/sagemaker-llm'

const prompt = 'The capital of France is'
const llm = new SagemakerLLM({ endpointName: 'my-llama', region: 'us-east-1', maxNewTokens: 4, seed: 7 })
const { text, stopReason } = await llm.complete(prompt)
console.log(text.trim().split(/\W/)[0], stopReason)

const streamed = await collect(llm.streamComplete(prompt))
console.log(streamed.text === text)

const named = new SagemakerLLM({ endpointName: 'my-llama', region: 'us-east-1', contentHandler: tgi() })
const { message } = await named.chat([{ role: 'user', content: 'Hello' }], { maxNewTokens: 4 })
console.log(message.role)

const { stream } = await llm.converseStream({ messages: [{ role: 'user', content: [{ text: 'Hello' }] }] })
const names: string[] = []
for await (const event of stream) names.push(...Object.keys(event))
console.log(names[0], names.at(-1))
