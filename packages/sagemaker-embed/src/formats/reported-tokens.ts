import { countIn, isJsonObject, objectIn } from '@x/sagemaker-endpoint/model-kit'

/** How many tokens the container says the inputs had; `undefined` if it does not say, never a guess. */
export function reportedTokens(body: unknown): number | undefined {
  const usage = objectIn(body, 'usage')
  return (
    countIn(usage, 'prompt_tokens') ??
    countIn(usage, 'total_tokens') ??
    countIn(objectIn(objectIn(body, 'meta'), 'billed_units'), 'input_tokens') ??
    countIn(body, 'inputTextTokenCount') ??
    tokensOfItems(body)
  )
}

/** Jina reports the tokens of each item. */
function tokensOfItems(body: unknown): number | undefined {
  const items = isJsonObject(body) ? body['data'] : undefined
  if (!Array.isArray(items)) return undefined
  const counts = items.map((item) => countIn(objectIn(item, 'usage'), 'total_tokens'))
  return counts.length > 0 && counts.every((count) => count !== undefined)
    ? counts.reduce((sum, count) => sum + count, 0)
    : undefined
}
