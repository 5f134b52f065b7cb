import type { DocumentType } from '@x/bedrock-like-types'

/** The arguments of a tool call, read from their JSON text. */
export interface ParsedToolInput {
  /** False when the text is not JSON. */
  readonly valid: boolean
  /** The arguments; the text itself when it is not JSON. No text at all is `{}`: a tool without parameters. */
  readonly value: DocumentType
}

/** Reads the arguments of a tool call. Never throws. */
export function parseToolInput(text: string): ParsedToolInput {
  if (text.trim() === '') return { valid: true, value: {} }
  try {
    return { valid: true, value: (JSON.parse(text) as DocumentType) ?? {} }
  } catch {
    return { valid: false, value: text }
  }
}

/** Whether `text` is the whole of a call's arguments: a JSON object that needs nothing more. */
export function isCompleteToolInput(text: string): boolean {
  return text.trimEnd().endsWith('}') && parseToolInput(text).valid
}
