import { isJsonObject } from '../../contract/json-object.ts'

/** Whether a value is a chunk or an answer in OpenAI's format. A chunk may have no choices, only their empty list. */
export function isOpenaiValue(value: unknown): boolean {
  return isJsonObject(value) && Array.isArray(value['choices'])
}
