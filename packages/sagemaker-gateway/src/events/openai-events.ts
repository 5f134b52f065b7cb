import type { ModelPart } from '@x/bedrock-like-types'
import { OpenAIChatChunks, type OpenAIChunkOptions, type OpenAIIdentity } from '@x/sagemaker-llm/openai-format'
import type { ClientError } from '../errors/client-error.ts'
import { openaiError } from '../errors/openai-error.ts'
import type { AnswerPart } from '../contract/answer-part.ts'
import type { EventWriter } from './event-writer.ts'

/** Makes the chunks of a stream, such as `OpenAIChatChunks`. */
export interface ChunkEncoder {
  push(part: ModelPart): readonly object[]
  flush(): readonly object[]
}

/** The stream of chat completions and completions: `data:` lines, and `[DONE]` at the end of an answer that did not fail. */
export class OpenAIEvents implements EventWriter<AnswerPart> {
  readonly comment: string = ': ping\n\n'
  readonly #chunks: ChunkEncoder

  constructor(chunks: ChunkEncoder) {
    this.#chunks = chunks
  }

  push(part: AnswerPart): string {
    if (part.type === 'passed-on') return part.text
    return eventsOf(this.#chunks.push(part))
  }

  end(): string {
    return `${eventsOf(this.#chunks.flush())}data: [DONE]\n\n`
  }

  fail(error: ClientError): string {
    return eventsOf([openaiError(error)])
  }
}

/** The text of an event before and after the only member that differs between events of its kind. */
type Template = readonly [before: string, after: string]

/** The stream of a chat completion. Most events differ in their text only: the rest of them is written once. */
export class ChatEvents extends OpenAIEvents {
  readonly #chunks: OpenAIChatChunks
  readonly #templates: Readonly<Record<'text-delta' | 'reasoning-delta', Template>>

  constructor(identity: OpenAIIdentity, options: OpenAIChunkOptions) {
    const chunks = new OpenAIChatChunks(identity, options)
    super(chunks)
    this.#chunks = chunks
    const sample = new OpenAIChatChunks(identity)
    sample.push({ type: 'text-start', index: 0 })
    this.#templates = {
      'text-delta': templateOf(sample, 'text-delta', 'content'),
      'reasoning-delta': templateOf(sample, 'reasoning-delta', 'reasoning_content'),
    }
  }

  override push(part: AnswerPart): string {
    if ((part.type !== 'text-delta' && part.type !== 'reasoning-delta') || !this.#chunks.isPlain)
      return super.push(part)
    const [before, after] = this.#templates[part.type]
    return before + JSON.stringify(part.text) + after
  }
}

function templateOf(chunks: OpenAIChatChunks, type: 'text-delta' | 'reasoning-delta', member: string): Template {
  const event = eventsOf(chunks.push({ type, index: 0, text: '' }).slice(-1))
  // Quotes within the name of the model are escaped, so this is the member.
  const start = event.lastIndexOf(`"${member}":""`) + member.length + 3
  return [event.slice(0, start), event.slice(start + 2)]
}

function eventsOf(chunks: readonly object[]): string {
  let text = ''
  for (const chunk of chunks) text += `data: ${JSON.stringify(chunk)}\n\n`
  return text
}
