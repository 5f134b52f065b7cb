import { languageModelCodec, namedHandler } from '@x/sagemaker-llm'
import { describe, expect, it } from 'vitest'
import { missingAbility, type Ability } from './handler-abilities.ts'
import { languageHandlerNames } from './handler-names.ts'
import { modelInput, modelOptions } from './model-call.ts'
import type { RunRequest } from './run-request.ts'

const asking = (ability: Ability): RunRequest => ({
  mode: 'chat',
  messages: [
    {
      role: 'user',
      content: 'Look',
      ...(ability === 'images' && { images: [{ format: 'png', data: 'iVBORw0KGgo=' }] }),
    },
  ],
  ...(ability === 'schema' && { answerSchema: { type: 'object' } }),
  ...(ability === 'tools' && { tools: [{ name: 'look', inputSchema: { type: 'object' } }] }),
  endpoint: { source: 'local', name: 'my-llama' },
  parameters: {},
  stream: false,
})

describe.each([undefined, ...languageHandlerNames])('what the handler %s can do', (handler) => {
  it.each(['images', 'schema', 'tools'] as const)('is known before sending: %s', async (ability) => {
    const request = asking(ability)
    const contentHandler = handler === undefined ? undefined : await namedHandler(handler)
    const codec = languageModelCodec({ ...modelOptions(request), contentHandler })
    const refused = await Promise.resolve()
      .then(() => codec.request(modelInput(request) as never))
      .then(
        () => false,
        () => true,
      )
    expect(missingAbility({ name: 'my-llama', handler }, [ability]) !== undefined).toBe(refused)
  })
})

describe('a call with an image and a tool choice', () => {
  it('has them in the form that the packages take', () => {
    expect(modelInput(asking('images'))).toEqual([
      {
        role: 'user',
        content: [
          { image: { format: 'png', source: { bytes: Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10) } } },
          { text: 'Look' },
        ],
      },
    ])
    const choice = (toolChoice: 'auto' | 'none' | { name: string }) =>
      modelOptions({ ...asking('tools'), toolChoice } as RunRequest)
    expect(choice('auto')).toMatchObject({ toolChoice: { auto: {} } })
    expect(choice('none')).toMatchObject({ toolChoice: { none: {} } })
    expect(choice({ name: 'look' })).toMatchObject({ toolChoice: { tool: { name: 'look' } } })
    expect(modelOptions(asking('schema'))).toMatchObject({
      responseFormat: { type: 'json', schema: { type: 'object' } },
    })
  })
})
