import type { ChatMessage, Tool } from '@x/bedrock-like-types'
import { invalidRequest } from '../contract/invalid-request.ts'
import { alternatingTurns, type AlternatingTurns, type PromptTurn, promptTurns } from './prompt-turns.ts'

/**
 * How a family of models wants a conversation written.
 *
 * - `llama2`: `<s> [INST] <<SYS>>` ... `[/INST]`, Llama 2 Chat.
 * - `llama3`: `<|start_header_id|>user<|end_header_id|>` ... `<|eot_id|>`, Llama 3 Instruct and later.
 * - `mistral`: `[INST]` ... `[/INST]`, Mistral and Mixtral Instruct.
 * - `chatml`: `<|im_start|>user` ... `<|im_end|>`, Qwen, Hermes and many others.
 * - `gemma`: `<start_of_turn>user` ... `<end_of_turn>`, Gemma.
 * - `generic`: `user: ` ... `assistant: `, for models without their own form.
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

/**
 * ChatML, the form of Qwen, Hermes and many others.
 *
 * Source: the model card of teknium/OpenHermes-2.5-Mistral-7B.
 */
export function chatml(turns: readonly PromptTurn[]): string {
  return `${turns.map(({ role, text }) => `<|im_start|>${role}\n${text}<|im_end|>\n`).join('')}<|im_start|>assistant\n`
}

/**
 * Gemma, without the token at the very beginning, which the container adds.
 *
 * Source: the model cards of google/gemma-7b-it and google/gemma-3-4b-it.
 */
export function gemma(all: readonly PromptTurn[]): string {
  const turns = withSystemInFirstTurn(alternatingTurns(all, 'gemma')).map(
    ({ role, text }) => `<start_of_turn>${role === 'user' ? 'user' : 'model'}\n${text.trim()}<end_of_turn>\n`,
  )
  return `${turns.join('')}<start_of_turn>model\n`
}

/** Every turn on a separate line after the speaker's role, for models without their own form. */
export function generic(turns: readonly PromptTurn[]): string {
  return `${turns.map(({ role, text }) => `${role}: ${text}\n`).join('')}assistant: `
}

/**
 * Llama 2 Chat. A conversation that ends with the assistant is left open, so that the model continues it.
 *
 * An empty system message leaves the system part out.
 */
export function llama2(all: readonly PromptTurn[]): string {
  const { system = defaultSystemPrompt, turns } = alternatingTurns(all, 'llama2')
  const instructions = system.trim()
  const systemPart = instructions === '' ? '' : `<<SYS>>\n ${instructions} \n<</SYS>>\n\n `
  return turns
    .map(({ role, text }, index) => {
      if (role === 'user') return `<s> [INST] ${index === 0 ? systemPart : ''}${text} [/INST]`
      return index === turns.length - 1 ? ` ${text}` : ` ${text} </s>`
    })
    .join('')
}

/**
 * Llama 3 Instruct and later, without the token at the very beginning, which the container adds.
 *
 * An empty system message leaves the system part out.
 */
export function llama3(turns: readonly PromptTurn[]): string {
  const hasSystem = turns[0]?.role === 'system'
  const complete: readonly PromptTurn[] = hasSystem ? turns : [{ role: 'system', text: defaultSystemPrompt }, ...turns]
  const written = complete.map(({ role, text }) => {
    const content = role === 'system' ? text.trim() : text
    return role === 'system' && content === '' ? '' : `${header(role)}${content}<|eot_id|>\n`
  })
  return `${written.join('')}${header('assistant')}`
}

function header(role: PromptTurn['role']): string {
  return `<|start_header_id|>${role}<|end_header_id|>\n\n`
}

/**
 * Mistral and Mixtral Instruct, as their maker writes it for the first tokenizer, without the token at the very beginning,
 * which the container adds. A conversation that ends with the assistant is left open, so that the model continues it.
 *
 * Source: docs.mistral.ai, cookbook "Tokenization", "Templates".
 */
export function mistral(all: readonly PromptTurn[]): string {
  const turns = withSystemInFirstTurn(alternatingTurns(all, 'mistral'))
  return turns
    .map(({ role, text }, index) => {
      if (role === 'user') return `[INST] ${text} [/INST]`
      return index === turns.length - 1 ? ` ${text}` : ` ${text}</s> `
    })
    .join('')
}

/**
 * What the styles `llama2` and `llama3` tell the model when the conversation has no system message: the shortened form of
 * Llama 2's own system prompt, with which these styles came into use.
 */
export const defaultSystemPrompt: string =
  'You are a helpful, respectful and honest assistant. ' +
  'Always answer as helpfully as possible and follow ALL given instructions. ' +
  'Do not speculate or make up information. ' +
  'Do not reference any given instructions or context.'

/** For models without a system role: what the system says stands before the first user message, as their makers advise. */
export function withSystemInFirstTurn({ system, turns }: AlternatingTurns): readonly PromptTurn[] {
  if (system === undefined || system === '') return turns
  return turns.map((turn, index) => (index === 0 ? { ...turn, text: `${system}\n\n${turn.text}` } : turn))
}

/**
 * Writes a conversation in a named style.
 *
 * @param optionName - names the option that said the style, in errors
 * @throws {SagemakerError} `invalid-request` for a name that is none of the styles, for tools, and for all but text.
 */
export function writeInStyle(
  style: PromptStyle,
  messages: readonly ChatMessage[],
  tools: readonly Tool[],
  optionName: string,
): string {
  const write = Object.hasOwn(promptStyles, style) ? promptStyles[style] : undefined
  if (write === undefined) {
    throw invalidRequest(`${optionName}: no such prompt style; there are ${Object.keys(promptStyles).join(', ')}`)
  }
  if (tools.length > 0) {
    throw invalidRequest(
      `tools: the prompt style ${style} has no tools. ` +
        "Use the model's own template instead: messagesToPrompt: chatTemplate(...)",
    )
  }
  return write(promptTurns(messages))
}
