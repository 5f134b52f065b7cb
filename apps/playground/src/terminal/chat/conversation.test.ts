import { SagemakerLLM } from '@x/sagemaker-llm'
import { part, scripted, startLocalRuntime, stream } from '@x/sagemaker-local'
import { expect, it } from 'vitest'
import { chatEvent } from '../../test-support/stream-script.ts'
import { collectingContext } from '../test-support/collecting-context.ts'
import { chatCommand } from './chat-command.ts'
import { Conversation } from './conversation.ts'

it(
  'asks the last message again in place of its answer, and sends another model name',
  { timeout: 60_000 },
  async () => {
    await using runtime = await startLocalRuntime({
      endpoints: {
        it: scripted(({ index }) =>
          stream([part(chatEvent({ content: `Answer ${index + 1}` })), part(chatEvent({}, 'stop'))]),
        ),
      },
    })
    const { context, written } = collectingContext()
    const modelNamed = (modelName: string | undefined) =>
      new SagemakerLLM({ endpointName: 'it', ...runtime.connection, modelName })
    const conversation = new Conversation(modelNamed(undefined), context, {
      stream: true,
      systemPrompt: undefined,
      modelNamed,
    })
    const { signal } = new AbortController()
    expect(await chatCommand('/retry', conversation, context.notes)).toBe('next')
    await conversation.say('Hi', signal)
    expect(await chatCommand('/model tiny', conversation, context.notes)).toBe('next')
    expect(await chatCommand('/retry', conversation, context.notes)).toBe('retry')
    await conversation.retry(signal)
    expect(conversation.messages).toEqual([
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Answer 2' },
    ])
    const bodies = runtime.requests.map(({ text }) => JSON.parse(text) as { model?: string; messages: unknown[] })
    expect(bodies.map(({ model, messages }) => [model, messages.length])).toEqual([
      [undefined, 1],
      ['tiny', 1],
    ])
    expect(written.notes).toContain('There is no message to ask again.')
  },
)
