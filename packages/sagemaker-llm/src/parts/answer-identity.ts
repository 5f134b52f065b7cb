import { isJsonObject, stringIn } from '@x/sagemaker-endpoint/model-kit'

/** How a container names an answer. */
export interface AnswerIdentity {
  /** Its id of the answer. */
  readonly id?: string | undefined
  /** Its name of the model. */
  readonly modelName?: string | undefined
  /** When it began to answer, by its own clock. */
  readonly createdAt?: Date | undefined
}

/** Reads what OpenAI's format, Ollama and Cohere say about an answer in every value of it, or in the first. */
export function answerIdentity(value: unknown): AnswerIdentity {
  const id = stringIn(value, 'id') || stringIn(value, 'generation_id')
  const modelName = stringIn(value, 'model')
  const createdAt = isJsonObject(value) ? dateOf(value['created'] ?? value['created_at']) : undefined
  return {
    ...(id ? { id } : {}),
    ...(modelName ? { modelName } : {}),
    ...(createdAt === undefined ? {} : { createdAt }),
  }
}

/** Seconds since 1970, or text as in ISO 8601. */
function dateOf(value: unknown): Date | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined
  const date = new Date(typeof value === 'number' ? value * 1000 : value)
  return Number.isNaN(date.getTime()) || date.getTime() === 0 ? undefined : date
}
