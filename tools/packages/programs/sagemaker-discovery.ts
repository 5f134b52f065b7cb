import { describeEndpoint, listEndpoints, SagemakerError } from '@x/sagemaker-discovery'

const names: string[] = []
for await (const { name } of listEndpoints({ region: 'us-east-1' })) names.push(name)
console.log(names.join())

const { suggestion } = await describeEndpoint('my-llama', { region: 'us-east-1' })
console.log(suggestion.kind, suggestion.handler)

try {
  await describeEndpoint('nobody', { region: 'us-east-1' })
} catch (error) {
  console.log(SagemakerError.is(error) && error.code)
}
