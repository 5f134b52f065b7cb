import { createGateway } from '@x/sagemaker-gateway'

const gateway = createGateway({
  models: { 'my-llama': { endpointName: 'my-llama', region: 'us-east-1', contentHandler: 'tgi' } },
})
const listed = await gateway.fetch(new Request('http://localhost/v1/models'))
const { data } = (await listed.json()) as { data: { id: string }[] }
console.log(data.map(({ id }) => id).join())

const chat = (model: string): Promise<Response> =>
  gateway.fetch(
    new Request('http://localhost/v1/chat/completions', {
      method: 'POST',
      body: JSON.stringify({
        model,
        messages: [{ role: 'user', content: 'The capital of France is' }],
        max_tokens: 2,
        temperature: 0.1,
      }),
    }),
  )
const response = await chat('my-llama')
const answer = (await response.json()) as {
  object: string
  choices: { message: { content: string }; finish_reason: string }[]
}
console.log(response.status, answer.object, answer.choices[0]?.message.content, answer.choices[0]?.finish_reason)

const refused = await chat('my-lama')
const { error } = (await refused.json()) as { error: { code: string } }
console.log(refused.status, error.code)
await gateway.close()
