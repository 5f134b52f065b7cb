import { containerError, demoLanguageModel, scripted, serviceError, silence } from '@x/sagemaker-local'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type GatewayFixture, startGateway } from '../test-support/gateway-fixture.ts'

/** Options of programs that call an endpoint themselves, and places that only operators see. */
const operatorsWords =
  /messagesToPrompt|contentHandler|customAttributes|maxConcurrency|readyWithinMs|retry\.|timeouts\.|CloudWatch|toolUse|toolResult|toolChoice|stopSequences|\btriton\b/

let fixture: GatewayFixture

beforeAll(async () => {
  fixture = await startGateway(
    {
      prompts: demoLanguageModel({ format: 'triton' }),
      styled: demoLanguageModel({ format: 'triton' }),
      conversations: demoLanguageModel({ format: 'cohere' }),
      throttled: scripted(() => serviceError('ThrottlingException')),
      starting: scripted(() => serviceError('ModelNotReadyException')),
      crashed: scripted(() => containerError(500, 'out of memory')),
      silent: scripted(() => silence()),
      licensed: scripted(() => containerError(424, "The EULA has not been accepted: pass 'accept_eula=true'.")),
    },
    {
      prompts: { contentHandler: 'triton' },
      styled: { contentHandler: 'triton', messagesToPrompt: 'chatml' },
      silent: { timeouts: { firstByteMs: 50 } },
    },
  )
})
afterAll(() => fixture?.[Symbol.asyncDispose]())

const messages = [{ role: 'user', content: 'Hi' }]
const tools = [{ type: 'function', function: { name: 'weather', parameters: { type: 'object' } } }]
const image = { type: 'image_url', image_url: { url: 'https://example.com/cat.png' } }

test.each([
  [{ model: 'prompts', messages }, 400, 'Use /v1/completions'],
  [{ model: 'styled', messages, tools }, 400, 'tools: this model has no tools.'],
  [{ model: 'styled', messages, tools, tool_choice: 'required' }, 400, 'tool_choice: this model cannot be made'],
  [{ model: 'styled', messages: [{ role: 'user', content: [image] }] }, 400, 'messages: this model takes text only'],
  [{ model: 'styled', messages, response_format: { type: 'json_object' } }, 400, 'response_format: this model'],
  [{ model: 'styled', messages, stop: [''] }, 400, 'stop: an empty text'],
  [{ model: 'throttled', messages }, 429, 'Send fewer requests at once.'],
  [{ model: 'starting', messages }, 503, 'Send the request again later.'],
  [{ model: 'crashed', messages }, 502, 'The operator of the gateway finds the reason'],
  [{ model: 'silent', messages }, 504, 'within 50 ms'],
])('%j says what a client can do', async (body, status, words) => {
  const response = await fixture.post('/v1/chat/completions', body)
  const { error } = (await response.json()) as { error: { message: string } }
  expect(error.message).toContain(words)
  expect(error.message).not.toMatch(operatorsWords)
  expect(response.status).toBe(status)
})
