import type { GenerationOptions, Message } from '@x/bedrock-like-types'

/** What every call to a model says, whether it continues a prompt or answers in a conversation. */
export interface ModelCallBase extends Omit<GenerationOptions, 'temperature' | 'maxNewTokens'> {
  /** Randomness; 0 always takes the likeliest token. `undefined`: the container's own. */
  readonly temperature: number | undefined
  /** Most tokens to generate. `undefined`: the container's own. */
  readonly maxNewTokens: number | undefined
  /** The answer is wanted piece by piece. */
  readonly stream: boolean
  /** Name of the model, to be sent; only if the user gave one. */
  readonly modelName?: string | undefined
}

/** A call that continues a prompt. A conversation that was turned into a prompt is one, too. */
export interface PromptCall extends ModelCallBase {
  /** The text to be continued. */
  readonly prompt: string
  /** Never there: this call has a prompt. */
  readonly messages?: undefined
}

/** A call that answers in a conversation. */
export interface MessagesCall extends ModelCallBase {
  /** Never there: this call has messages. */
  readonly prompt?: undefined
  /** Oldest first; every message has blocks, also where the user wrote plain text. */
  readonly messages: readonly ModelMessage[]
}

/** One call to a model, with all defaults filled in: what a content handler writes as a request. */
export type ModelCall = PromptCall | MessagesCall

/** A message whose role and content are there. */
export interface ModelMessage extends Message {
  /** Who speaks. */
  readonly role: NonNullable<Message['role']>
  /** The blocks of the message, in order. */
  readonly content: NonNullable<Message['content']>
}
