import { seededRandom } from '../random.ts'

const english = [
  ' the',
  ' of',
  ' endpoint',
  ',',
  ' stream',
  ' a',
  '.',
  ' "quoted"',
  '\n',
  ' model',
  ' answers',
  ' in',
  ' parts',
]
const cjkAndEmoji = ['模型', '的', '输出', '被', '切成', '片段', '。', '日本語', 'の', 'テキスト', '한국어', '😀', '👩‍🔬']

/** The tokens that the workloads are made of, the same in every run. */
export function tokens(count: number, language: 'english' | 'cjk' = 'english'): string[] {
  const random = seededRandom(3)
  const words = language === 'english' ? english : cjkAndEmoji
  return Array.from({ length: count }, () => words[Math.floor(random() * words.length)] ?? '')
}

/** One token as Hugging Face TGI sends it. */
export function tgiEvent(text: string, index: number): string {
  const token = { id: 278 + (index % 30_000), text, logprob: -0.4375 - (index % 100) / 128, special: false }
  return `data:${JSON.stringify({ index: index + 1, token, generated_text: null, details: null })}\n\n`
}

/** The last token, with which Hugging Face TGI sends the whole text and why it ended. */
export function tgiLastEvent(text: string, index: number, generatedText: string): string {
  const token = { id: 278, text, logprob: -0.4375, special: false }
  const details = { finish_reason: 'length', generated_tokens: index + 1, seed: null, input_length: 5 }
  return `data:${JSON.stringify({ index: index + 1, token, generated_text: generatedText, details })}\n\n`
}

/** One chunk of a chat completion as vLLM sends it. */
export function chatChunk(text: string): string {
  return `data: ${JSON.stringify({
    id: 'chatcmpl-6f1c0b7a5d3e4f0c9b8a7d6e5f4c3b2a',
    object: 'chat.completion.chunk',
    created: 1_790_000_000,
    model: 'meta-llama/Llama-3.1-8B-Instruct',
    system_fingerprint: null,
    choices: [{ index: 0, delta: { content: text }, logprobs: null, finish_reason: null, stop_reason: null }],
    usage: null,
  })}\n\n`
}

/** How vLLM ends a chat completion: the reason, the usage and the end mark. */
export function chatEnd(): string {
  const head = {
    id: 'chatcmpl-6f1c0b7a5d3e4f0c9b8a7d6e5f4c3b2a',
    object: 'chat.completion.chunk',
    created: 1_790_000_000,
    model: 'meta-llama/Llama-3.1-8B-Instruct',
  }
  const values = [
    { ...head, choices: [{ index: 0, delta: {}, logprobs: null, finish_reason: 'stop', stop_reason: null }] },
    { ...head, choices: [], usage: { prompt_tokens: 5, completion_tokens: 64, total_tokens: 69 } },
  ]
  return [...values.map((value) => `data: ${JSON.stringify(value)}\n\n`), 'data: [DONE]\n\n'].join('')
}

/** One token as the large model inference container sends it: a JSON line. */
export function lmiLine(text: string, index: number): string {
  return `${JSON.stringify({ token: { id: 278 + (index % 30_000), text, log_prob: -0.4375 - (index % 100) / 128 } })}\n`
}

export const encode = (parts: readonly string[]): Uint8Array<ArrayBuffer> => new TextEncoder().encode(parts.join(''))
