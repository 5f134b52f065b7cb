import type { Suggestion, SuggestedCall, SuggestedConnection } from './suggestion.ts'

/** Names used in the program for a kind of model. */
interface Recipe {
  readonly className: string
  readonly variable: string
  readonly factorySuffix: string
}

const recipes: Readonly<Record<Suggestion['kind'], Recipe>> = {
  language: { className: 'SagemakerLLM', variable: 'llm', factorySuffix: '' },
  unknown: { className: 'SagemakerLLM', variable: 'llm', factorySuffix: '' },
  embedding: { className: 'SagemakerEmbedding', variable: 'embedding', factorySuffix: 'Embedding' },
  rerank: { className: 'SagemakerReranker', variable: 'reranker', factorySuffix: 'Rerank' },
  classification: { className: 'SagemakerClassifier', variable: 'classifier', factorySuffix: 'Classification' },
}

const calls: Readonly<Record<SuggestedCall, string>> = {
  chat: "const { text } = await llm.chat([{ role: 'user', content: 'Hello' }])\nconsole.log(text)",
  complete: "const { text } = await llm.complete('The capital of France is')\nconsole.log(text)",
  embed: "const vector = await embedding.getTextEmbedding('Hello')\nconsole.log(vector.length)",
  embedSparse: "const [vector] = await embedding.getSparseEmbeddings(['Hello'])\nconsole.log(vector?.indices.length)",
  embedMultiVector:
    "const [vectors] = await embedding.getMultiVectorEmbeddings(['Hello'])\nconsole.log(vectors?.length)",
  rerank:
    "const { ranking } = await reranker.rerank('ships', ['The harbour lies in fog.', 'Bread is baked before dawn.'])\nconsole.log(ranking)",
  classify: "const [first] = await classifier.classify(['What a lovely day!'])\nconsole.log(first)",
}

/** Returns the name of a handler's factory: `teiEmbedding` for the embedding handler `tei`. */
export function factoryName(kind: Suggestion['kind'], handler: string): string {
  return `${handler}${recipes[kind].factorySuffix}`
}

/** Returns the factory call as TypeScript, such as `openai({ completeAs: 'message' })`. */
export function factoryCall(
  kind: Suggestion['kind'],
  handler: string,
  handlerOptions: Readonly<Record<string, unknown>> = {},
): string {
  const options = Object.keys(handlerOptions).length === 0 ? '' : literal(handlerOptions)
  return `${factoryName(kind, handler)}(${options})`
}

/** Returns a TypeScript program that makes the suggested call. */
export function suggestedCode(
  suggestion: Omit<Suggestion, 'code' | 'why'>,
  { endpointName, region, endpoint }: SuggestedConnection,
): string {
  const { kind, handler, handlerOptions, options } = suggestion
  const { className, variable } = recipes[kind]
  const isNamed = handler !== 'auto'
  const names = isNamed ? [className, factoryName(kind, handler)] : [className]
  const members = [
    `endpointName: ${literal(endpointName)}`,
    ...(region === undefined ? [] : [`region: ${literal(region)}`]),
    ...(endpoint === undefined ? [] : [`endpoint: ${literal(endpoint)}`]),
    ...(isNamed ? [`contentHandler: ${factoryCall(kind, handler, handlerOptions)}`] : []),
    ...Object.entries(options).map(([name, value]) => `${name}: ${literal(value)}`),
  ]
  return [
    `import { ${names.join(', ')} } from '${suggestion.package}'`,
    '',
    ...(handlerOptions['acceptEula'] === true
      ? ['// acceptEula: you have read and accept the licence of the model.']
      : []),
    `const ${variable} = new ${className}({`,
    ...members.map((member) => `  ${member},`),
    '})',
    calls[suggestion.call],
    `${variable}.close()`,
    '',
  ].join('\n')
}

/** Formats a plain value as TypeScript. */
function literal(value: unknown): string {
  if (typeof value === 'string') return quoted(value)
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  return `{ ${Object.entries(value)
    .map(([name, member]) => `${name}: ${literal(member)}`)
    .join(', ')} }`
}

/** Escapes quotes and control characters: names come from the service and end up in code and on terminals. */
function quoted(text: string): string {
  const escaped = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"')
    .replaceAll("'", String.raw`\'`)
  return `'${escaped.replaceAll(/[\u007F-\uFFFF]/g, (c) => String.raw`\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)}'`
}
