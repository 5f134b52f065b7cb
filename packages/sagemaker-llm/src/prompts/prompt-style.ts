import type { PromptTurn } from './prompt-turns.ts'
import { chatml } from './styles/chatml.ts'
import { gemma } from './styles/gemma.ts'
import { generic } from './styles/generic.ts'
import { llama2 } from './styles/llama2.ts'
import { llama3 } from './styles/llama3.ts'
import { mistral } from './styles/mistral.ts'

/**
 * How a family of models wants a conversation written.
 *
 * - `llama2`: `<s> [INST] <<SYS>>` ... `[/INST]`, Llama 2 Chat.
 * - `llama3`: `<|start_header_id|>user<|end_header_id|>` ... `<|eot_id|>`, Llama 3 Instruct and later.
 * - `mistral`: `[INST]` ... `[/INST]`, Mistral and Mixtral Instruct.
 * - `chatml`: `<|im_start|>user` ... `<|im_end|>`, Qwen, Hermes and many others.
 * - `gemma`: `<start_of_turn>user` ... `<end_of_turn>`, Gemma.
 * - `generic`: `user: ` ... `assistant: `, for models without a form of their own.
 *
 * They write plain text. A model's own template (`chatTemplate`) is exact, and knows tools.
 *
 * @public
 */
export type PromptStyle = 'llama2' | 'llama3' | 'mistral' | 'chatml' | 'gemma' | 'generic'

/** The styles by name. */
export const promptStyles: Readonly<Record<PromptStyle, (turns: readonly PromptTurn[]) => string>> = {
  llama2,
  llama3,
  mistral,
  chatml,
  gemma,
  generic,
}
