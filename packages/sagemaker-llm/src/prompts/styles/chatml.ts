import type { PromptTurn } from '../prompt-turns.ts'

/**
 * ChatML, the form of Qwen, Hermes and many others.
 *
 * Source: the model card of teknium/OpenHermes-2.5-Mistral-7B.
 */
export function chatml(turns: readonly PromptTurn[]): string {
  return `${turns.map(({ role, text }) => `<|im_start|>${role}\n${text}<|im_end|>\n`).join('')}<|im_start|>assistant\n`
}
