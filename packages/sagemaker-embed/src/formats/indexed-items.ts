import { AnswerError, describeShape, isJsonObject, type JsonObject } from '@x/sagemaker-endpoint/model-kit'

/**
 * The items of a list such as OpenAI's `data`, in the order of their `index`; without any `index` as they are. One item may lack
 * its `index`: servers that leave out default values leave out 0.
 *
 * @throws {AnswerError} if an item is not an object, or the indices are not those of all items, each once.
 */
export function indexedItems(items: readonly unknown[]): JsonObject[] {
  const objects = items.map((item) => {
    if (isJsonObject(item)) return item
    throw new AnswerError(`expected an object with a vector, got ${describeShape(item)}`)
  })
  const unnumbered = objects.filter((item) => item['index'] === undefined).length
  if (unnumbered === objects.length) return objects
  if (unnumbered > 1) throw new AnswerError('some items of the answer have no index')
  const ordered: JsonObject[] = []
  for (const [position, item] of objects.entries()) {
    const index = item['index'] ?? 0
    if (typeof index !== 'number' || !Number.isInteger(index) || index < 0 || index >= items.length) {
      throw new AnswerError(`item ${position} of ${items.length} in the answer has an index out of range`)
    }
    if (ordered[index] !== undefined) throw new AnswerError(`the answer has index ${index} more than once`)
    ordered[index] = item
  }
  return ordered
}
