import * as v from 'valibot'
import { keptConversationSchema, type KeptConversation } from './kept-conversation.ts'

const fileSchema = v.object({
  type: v.literal('sagemaker-playground-conversation'),
  version: v.literal(1, 'this conversation was exported by another version of the playground.'),
  conversation: keptConversationSchema,
})

/** More than any conversation that SageMaker takes. */
const maxCharacters = 60_000_000

/** The text is not a conversation; the message says what is wrong, and where. */
export class ConversationFileError extends Error {
  override readonly name = 'ConversationFileError'
}

/** Writes a conversation as JSON, with all of its versions. */
export function serializeConversation(conversation: KeptConversation): string {
  const file: v.InferInput<typeof fileSchema> = {
    type: 'sagemaker-playground-conversation',
    version: 1,
    conversation,
  }
  return `${JSON.stringify(file, undefined, 2)}\n`
}

/**
 * Reads an exported conversation.
 *
 * @throws {ConversationFileError} when the text is anything else.
 */
export function parseConversation(text: string): KeptConversation {
  if (text.length > maxCharacters) throw new ConversationFileError('The file is too large for a conversation.')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new ConversationFileError('The file is not JSON.', { cause: error })
  }
  const parsed = checked(value)
  if (parsed.success) return parsed.output.conversation
  const path = v.getDotPath(parsed.issues[0])
  if (path === null || path === 'type') throw new ConversationFileError('This is not a conversation of the playground.')
  throw new ConversationFileError(`At ${path}: ${parsed.issues[0].message}`)
}

function checked(value: unknown): v.SafeParseResult<typeof fileSchema> {
  try {
    return v.safeParse(fileSchema, value)
  } catch (error) {
    throw new ConversationFileError('The file is nested too deeply.', { cause: error })
  }
}
