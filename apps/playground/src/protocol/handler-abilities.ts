import type { EndpointReference } from './run-request.ts'

/** What some containers cannot do. Where no handler is named, the request has the form of OpenAI, which can do all of it. */
const unable: Readonly<Record<string, readonly Ability[]>> = {
  huggingface: ['images', 'schema', 'tools'],
  jumpstartLlama2: ['images', 'schema', 'tools'],
  jumpstartText2Text: ['images', 'schema', 'tools'],
  cohere: ['images', 'schema'],
  ai21: ['images', 'schema', 'tools'],
  triton: ['images', 'schema', 'tools'],
  plainText: ['images', 'schema', 'tools'],
  bedrockCompat: ['images', 'schema', 'tools'],
}

const labels = {
  images: 'takes no images',
  schema: 'cannot be held to a JSON schema',
  tools: 'has no tools',
} as const

export type Ability = keyof typeof labels

/** Why an endpoint cannot be asked this; `undefined` when its handler can. */
export function missingAbility(
  { name, handler }: Pick<EndpointReference, 'name' | 'handler'>,
  needed: readonly Ability[],
): string | undefined {
  const missing = needed.find((ability) => handler !== undefined && unable[handler]?.includes(ability))
  return missing === undefined
    ? undefined
    : `${name} ${labels[missing]}: the content handler ${handler ?? ''} has no place for them.`
}
