import type { ChatMessage, SagemakerLLM } from '@x/sagemaker-llm'
import { SagemakerError } from '@x/sagemaker-endpoint'
import { printAnswer } from '../answer/print-answer.ts'
import type { AnswerFormat } from '../answer/print-answer.ts'
import { wholeAnswer } from '../answer/whole-answer.ts'
import type { TerminalContext } from '../terminal-context.ts'

export interface ConversationOptions extends AnswerFormat {
  readonly systemPrompt: string | undefined
}

/** What was said so far, and the model that answers. */
export class Conversation {
  systemPrompt: string | undefined
  readonly #llm: SagemakerLLM
  readonly #context: Pick<TerminalContext, 'output' | 'notes'>
  readonly #options: ConversationOptions
  #messages: ChatMessage[] = []

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
  }

  /**
   * Says something and writes the answer. Of an answer that breaks off, what had arrived belongs to the conversation; a
   * message that got no answer does not.
   *
   * @throws {SagemakerError}
   */
  async say(text: string, signal: AbortSignal): Promise<void> {
    const before = this.#messages
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

  #answered(text: string): void {
    this.#messages.push({ role: 'assistant', content: text })
  }
}
