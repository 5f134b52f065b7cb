import type { ChatMessage, SagemakerLLM } from '@x/sagemaker-llm'
import { SagemakerError } from '@x/sagemaker-endpoint'
import { printAnswer, type AnswerFormat } from '../answer/print-answer.ts'
import { wholeAnswer } from '../answer/whole-answer.ts'
import type { TerminalContext } from '../terminal-context.ts'

export interface ConversationOptions extends AnswerFormat {
  readonly systemPrompt: string | undefined
  /** The same model object with another name to send. */
  readonly modelNamed: (modelName: string | undefined) => SagemakerLLM
}

/** What was said so far, and the model that answers. */
export class Conversation {
  systemPrompt: string | undefined
  #llm: SagemakerLLM
  readonly #context: Pick<TerminalContext, 'output' | 'notes'>
  readonly #options: ConversationOptions
  #messages: ChatMessage[] = []
  /** The last message, and what was said before it. */
  #last: { readonly text: string; readonly before: ChatMessage[] } | undefined

  constructor(llm: SagemakerLLM, context: Pick<TerminalContext, 'output' | 'notes'>, options: ConversationOptions) {
    this.#llm = llm
    this.#context = context
    this.#options = options
    this.systemPrompt = options.systemPrompt
  }

  /** All messages, the system prompt first. */
  get messages(): readonly ChatMessage[] {
    const { systemPrompt } = this
    return systemPrompt === undefined ? this.#messages : [{ role: 'system', content: systemPrompt }, ...this.#messages]
  }

  /** Forgets what was said. */
  clear(): void {
    this.#messages = []
    this.#last = undefined
  }

  /**
   * Says something and writes the answer. Of an answer that breaks off, what had arrived belongs to the conversation; a
   * message that got no answer does not.
   *
   * @throws {SagemakerError}
   */
  async say(text: string, signal: AbortSignal): Promise<void> {
    const before = this.#messages
    this.#last = { text, before }
    this.#messages = [...before, { role: 'user', content: text }]
    try {
      const { messages } = this
      const answer = this.#options.stream
        ? this.#llm.streamChat(messages, { signal })
        : wholeAnswer(this.#llm.chat(messages, { signal }))
      this.#answered(await printAnswer(answer, this.#context, this.#options))
    } catch (error) {
      const arrived = SagemakerError.is(error) ? error.partial?.text : undefined
      if (arrived) this.#answered(arrived)
      else this.#messages = before
      throw error
    }
  }

  /** Says the last message again, in place of the answer that it got. Without one, nothing happens. */
  async retry(signal: AbortSignal): Promise<void> {
    if (this.#last === undefined) return
    const { text, before } = this.#last
    this.#messages = before
    await this.say(text, signal)
  }

  /** Sends another name as `model` from now on; `undefined` sends none. */
  useModel(modelName: string | undefined): void {
    this.#llm = this.#options.modelNamed(modelName)
  }

  get lastMessage(): string | undefined {
    return this.#last?.text
  }

  #answered(text: string): void {
    this.#messages.push({ role: 'assistant', content: text })
  }
}
