import { counts } from '../container-fixture.ts'

const head = { id: 'chatcmpl-8b0d', object: 'chat.completion.chunk', created: 1_750_000_000, model: 'Qwen/Qwen3-8B' }

export function chunk(delta: object, finish?: string, more: object = {}): object {
  return { ...head, choices: [{ index: 0, delta, logprobs: null, finish_reason: finish ?? null, ...more }] }
}

export function whole(message: object, finish: string, more: object = {}): object {
  return {
    ...head,
    object: 'chat.completion',
    choices: [{ index: 0, message: { role: 'assistant', ...message }, logprobs: null, finish_reason: finish, ...more }],
    usage: { prompt_tokens: 14, total_tokens: 22, completion_tokens: 8, prompt_tokens_details: null },
  }
}

export const role = chunk({ role: 'assistant', content: '' })
export const usage = { ...head, choices: [], usage: { prompt_tokens: 14, total_tokens: 22, completion_tokens: 8 } }
export const used = counts(14, 8)

export function toolFragment(index: number, call: object, more: object = {}): object {
  return chunk({ tool_calls: [{ index, function: call, ...more }] })
}
