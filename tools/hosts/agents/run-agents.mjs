// node run-agents.mjs <url of a runtime>: an agent with a tool in Mastra and one in Strands, on the endpoint my-model. Prints what each says.
import { Agent as MastraAgent } from '@mastra/core/agent'
import { createTool } from '@mastra/core/tools'
import { Agent as StrandsAgent, tool } from '@strands-agents/sdk'
import { VercelModel } from '@strands-agents/sdk/models/vercel'
import { z } from 'zod'
import { createSagemaker as createV4 } from '../../../packages/sagemaker-ai-sdk/src/index.ts'
import { createSagemaker as createV3 } from '../../../packages/sagemaker-ai-sdk/src/v3.ts'

const [, , endpoint] = process.argv
const inputSchema = z.object({ city: z.string() })
const description = 'Get the weather in a city'

for (const [version, create] of Object.entries({ v3: createV3, v4: createV4 })) {
  const weather = createTool({ id: 'getWeather', description, inputSchema, execute: async () => ({ sky: 'sunny' }) })
  const agent = new MastraAgent({
    id: 'weather',
    name: 'weather',
    instructions: 'Be brief.',
    model: create({ endpoint })('my-model'),
    tools: { getWeather: weather },
  })
  const { text } = await agent.generate('How is the weather in Paris?')
  console.log('mastra', version, text)
}

const getWeather = tool({ name: 'getWeather', description, inputSchema, callback: () => 'sunny' })
const agent = new StrandsAgent({
  model: new VercelModel({ provider: createV3({ endpoint })('my-model') }),
  tools: [getWeather],
  printer: false,
})
const result = await agent.invoke('How is the weather in Paris?')
console.log('strands', 'v3', result.lastMessage.content.map(({ text = '' }) => text).join(''))
