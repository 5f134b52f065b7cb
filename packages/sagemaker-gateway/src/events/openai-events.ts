import type { ModelPart } from '@x/bedrock-like-types'
import type { ClientError } from '../errors/client-error.ts'
import { openaiError } from '../errors/openai-error.ts'
import type { EventWriter } from './event-writer.ts'

/** Makes the chunks of a stream, such as `OpenAIChatChunks`. */
export interface ChunkEncoder {
  push(part: ModelPart): readonly object[]
  flush(): readonly object[]
}

/** The stream of chat completions and completions: `data:` lines, and `[DONE]` at the end of an answer that did not fail. */
export class OpenAIEvents implements EventWriter<ModelPart> {
  readonly comment: string = ': ping\n\n'
  readonly #chunks: ChunkEncoder

  constructor(chunks: ChunkEncoder) {
    this.#chunks = chunks
  }

  push(part: ModelPart): string {
    return eventsOf(this.#chunks.push(part))
  }

  end(): string {
    return `${eventsOf(this.#chunks.flush())}data: [DONE]\n\n`
  }

  fail(error: ClientError): string {
    return eventsOf([openaiError(error)])
  }
}

function eventsOf(chunks: readonly object[]): string {
  let text = ''
  for (const chunk of chunks) text += `data: ${JSON.stringify(chunk)}\n\n`
  return text
}
