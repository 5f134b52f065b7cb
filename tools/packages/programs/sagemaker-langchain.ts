import { ChatSagemaker } from '@x/sagemaker-langchain'

const model = new ChatSagemaker({ model: 'my-llama', region: 'us-east-1', maxTokens: 4, temperature: 0 })
const whole = await model.invoke('The capital of France is')
let streamed = ''
for await (const chunk of await model.stream('The capital of France is')) streamed += chunk.text
console.log(streamed === whole.text, whole.response_metadata['finish_reason'])
