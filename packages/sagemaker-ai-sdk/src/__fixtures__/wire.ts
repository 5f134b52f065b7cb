/** Values as server-sent events; a string stands as it is. */
export function events(...values: readonly unknown[]): string {
  return values.map((value) => `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`).join('')
}

/** Values as JSON lines. */
export function lines(...values: readonly unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('')
}

const head = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1_750_000_000, model: 'Qwen/Qwen3-8B' }
export const openaiNames = { id: 'chatcmpl-1', timestamp: new Date(1_750_000_000_000), modelId: 'Qwen/Qwen3-8B' }

/** A chunk of vLLM. */
export function chunk(delta: object, finish: string | null = null, more: object = {}): object {
  return { ...head, choices: [{ index: 0, delta, logprobs: null, finish_reason: finish, ...more }] }
}

export const role = chunk({ role: 'assistant', content: '' })

export function toolFragment(index: number, call: object, more: object = {}): object {
  return chunk({ tool_calls: [{ index, function: call, ...more }] })
}

/** The chunk of vLLM with the usage, which comes last. */
export function usageChunk(usage: object): object {
  return { ...head, choices: [], usage }
}

/** A whole chat completion of vLLM. */
export function completion(message: object, finish: string, more: object = {}): object {
  const choice = { index: 0, message: { role: 'assistant', ...message }, logprobs: null, finish_reason: finish }
  return { ...head, object: 'chat.completion', choices: [choice], ...more }
}
