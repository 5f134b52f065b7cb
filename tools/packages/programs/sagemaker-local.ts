import { demoLanguageModel, json, scripted, startLocalRuntime } from '@x/sagemaker-local'

const endpoints = { 'my-llama': demoLanguageModel(), 'my-script': scripted(() => json({ generated_text: 'Hello' })) }
const runtime = await startLocalRuntime({ endpoints })
const response = await fetch(`${runtime.url}/endpoints/my-script/invocations`, { method: 'POST', body: '{}' })
console.log(response.status, await response.text())
console.log(runtime.requests.length)
await runtime.close()
