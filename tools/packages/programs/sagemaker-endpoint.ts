import { createBearerToken, SagemakerEndpoint, SagemakerError } from '@x/sagemaker-endpoint'

const endpoint = new SagemakerEndpoint({ endpointName: 'my-llama', region: 'us-east-1' })
const { body, metadata } = await endpoint.invoke(JSON.stringify({ inputs: 'The capital of France is' }))
console.log(metadata.statusCode, typeof JSON.parse(new TextDecoder().decode(body))[0].generated_text)

let byteCount = 0
for await (const part of endpoint.invokeStream(JSON.stringify({ inputs: 'The sea', stream: true }))) {
  byteCount += part.length
}
console.log(byteCount > 100)

try {
  await new SagemakerEndpoint({ endpointName: 'no-such-endpoint', region: 'us-east-1' }).invoke('{}')
} catch (error) {
  console.log(SagemakerError.is(error) && error.code)
}
endpoint.close()

const token = await createBearerToken({ region: 'us-east-1' })
console.log(token.startsWith('sagemaker-api-key-'))
