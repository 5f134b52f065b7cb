import { auto } from '../../handlers/auto.ts'
import { counts, lines, question, type ContainerFixture } from '../container-fixture.ts'

export const ollama: ContainerFixture = {
  name: 'Ollama behind a home-made container',
  handler: auto(),
  cases: [
    {
      name: 'stop',
      messages: question,
      whole: {
        model: 'llama3',
        message: { role: 'assistant', content: 'Hé!' },
        done: true,
        done_reason: 'stop',
        prompt_eval_count: 7,
        eval_count: 2,
      },
      stream: lines(
        { model: 'llama3', message: { role: 'assistant', content: 'H' }, done: false },
        { model: 'llama3', message: { role: 'assistant', content: 'é!' }, done: false },
        {
          model: 'llama3',
          message: { role: 'assistant', content: '' },
          done: true,
          done_reason: 'stop',
          prompt_eval_count: 7,
          eval_count: 2,
        },
      ),
      expected: { text: 'Hé!', stopReason: 'end_turn', rawStopReason: 'stop', usage: counts(7, 2) },
    },
    {
      name: 'a tool call with arguments as an object',
      messages: question,
      whole: {
        message: { content: '', tool_calls: [{ function: { name: 'get_weather', arguments: { city: 'Zürich' } } }] },
        done: true,
        done_reason: 'stop',
      },
      stream: lines(
        {
          message: { content: '', tool_calls: [{ function: { name: 'get_weather', arguments: { city: 'Zürich' } } }] },
          done: false,
        },
        { message: { content: '' }, done: true, done_reason: 'stop' },
      ),
      expected: {
        text: '',
        toolCalls: [{ name: 'get_weather', input: { city: 'Zürich' } }],
        stopReason: 'tool_use',
        rawStopReason: 'stop',
        usage: undefined,
      },
    },
    {
      name: 'truncation',
      messages: question,
      stream: lines({ message: { role: 'assistant', content: 'H' }, done: false }),
      errorOfStream: { code: 'stream-interrupted', partialText: 'H' },
    },
  ],
}
