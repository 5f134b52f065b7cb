import { SagemakerError } from '@x/sagemaker-endpoint'
import { openaiTools } from '../formats/openai/openai-tools.ts'
import { type MessagesToPrompt, writesObject } from './prompt-functions.ts'
import { type TemplateMessage, templateMessages, withArgumentsAsText, withShortIds } from './template-messages.ts'

/**
 * What a template gets in addition to the conversation.
 *
 * @public
 */
export interface ChatTemplateOptions {
  /**
   * Text of the token that begins a sequence, `bos_token` in the template.
   * @defaultValue `''`, because containers add this token themselves and two of them harm the answer
   */
  readonly bosToken?: string | undefined
  /**
   * Text of the token that ends a sequence, `eos_token` in the template, such as `</s>`. Templates put it after each turn
   * of the assistant.
   * @defaultValue `''`
   */
  readonly eosToken?: string | undefined
  /**
   * Further variables of the template, such as `{ enable_thinking: false }`. They win over everything else.
   * @defaultValue none
   */
  readonly variables?: Readonly<Record<string, unknown>> | undefined
}

/**
 * Chat on a container that takes prompts alone, with the model's own chat template: the `chat_template` in the model's
 * `tokenizer_config.json`, or its `chat_template.jinja`.
 *
 * The template is given `messages`, `tools` (functions as JSON schemas, or none), `add_generation_prompt: true`,
 * `bos_token`, `eos_token` and the variables. It is parsed once, at the first call, by the package `@huggingface/jinja`,
 * which has to be installed.
 *
 * Arguments of tool calls are mappings, and ids are as they came. A template that appends arguments to a text gets them as JSON text,
 * and one that refuses the conversation gets ids of nine letters and digits, as Mistral's demand.
 *
 * The function throws a `SagemakerError` `invalid-request` when the package is missing, the template cannot be parsed, or
 * the template refuses the conversation (`cause` says why).
 *
 * @param jinja - the template
 * @public
 */
export function chatTemplate(jinja: string, options: ChatTemplateOptions = {}): MessagesToPrompt {
  let parsed: JinjaTemplate | undefined
  return async (messages, { tools }) => {
    const conversation = templateMessages(messages)
    const variables = {
      tools: tools.length > 0 ? asJson(openaiTools(tools)) : null,
      documents: null,
      add_generation_prompt: true,
      bos_token: options.bosToken ?? '',
      eos_token: options.eosToken ?? '',
      ...options.variables,
    }
    parsed ??= await parse(jinja)
    const template = parsed
    const render = (written: readonly TemplateMessage[]): string =>
      template.render({ messages: asJson(written), ...variables })
    try {
      return renderCalls(render, conversation)
    } catch (cause) {
      // The reason may quote the conversation: it belongs into the cause, not into the message.
      throw new SagemakerError('invalid-request', 'chatTemplate: the template refused the conversation', { cause })
    }
  }
}

/** Renders tool calls in the form that the template takes: the usual one first. */
function renderCalls(
  render: (messages: readonly TemplateMessage[]) => string,
  conversation: readonly TemplateMessage[],
): string {
  const renderArguments = (messages: readonly TemplateMessage[]): string => {
    const text = render(messages)
    return writesObject(text, messages) ? render(withArgumentsAsText(messages)) : text
  }
  try {
    return renderArguments(conversation)
  } catch (error) {
    if (!conversation.some((message) => message.tool_calls ?? message.tool_call_id)) throw error
    try {
      return renderArguments(withShortIds(conversation))
    } catch {
      throw error
    }
  }
}

/** Members that are `undefined` would be there for a template, and be written by its `tojson`. */
function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}

async function parse(jinja: string): Promise<JinjaTemplate> {
  const { Template } = await loadJinja()
  try {
    return new Template(jinja)
  } catch (cause) {
    throw new SagemakerError('invalid-request', 'chatTemplate: the template cannot be parsed', { cause })
  }
}

/** A parsed template. */
export interface JinjaTemplate {
  /** Writes the template with these variables. */
  render(variables: Record<string, unknown>): string
}

/** The part of `@huggingface/jinja` that is used. */
export interface Jinja {
  /** Parses a template; throws when it cannot be parsed. */
  readonly Template: new (template: string) => JinjaTemplate
}

/**
 * Loads the template engine, which is an optional peer dependency, on first use.
 *
 * @throws {SagemakerError} `invalid-request` that says how to install it, when it is not there.
 */
export async function loadJinja(load?: () => Promise<Jinja>): Promise<Jinja> {
  try {
    // Awaited inside `try`: so bundlers accept that the package is not installed.
    return load === undefined ? await import('@huggingface/jinja') : await load()
  } catch (cause) {
    throw new SagemakerError(
      'invalid-request',
      'chatTemplate: the package @huggingface/jinja is needed and cannot be loaded; install it: npm install @huggingface/jinja',
      { cause },
    )
  }
}
