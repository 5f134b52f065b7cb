import type { CodeSample } from './code-sample.ts'
import { connectionNote } from './connection-options.ts'
import { type ModelObject, modelObjectCode } from './model-object-code.ts'
import type { RecordedCall } from './recorded-call.ts'
import { typescriptLiteral } from './typescript-literal.ts'

type Json = Readonly<Record<string, unknown>>

/** A call that another program made, with the package for its kind of model: known by what was sent and what came back. */
export function observedCode(call: RecordedCall): CodeSample {
  const { lines, notes, ...object } = modelCall(call)
  return modelObjectCode(call, {
    ...object,
    lines: [...lines, `${object.variable}.close()`],
    notes: [...notes, connectionNote(call)],
  })
}

function modelCall(call: RecordedCall): ModelObject {
  const body = parsed(call.sent.body)
  const isStream = call.sent.operation === 'InvokeEndpointWithResponseStream'
  return (
    rerankCall(body) ??
    classificationCall(body, call.answer) ??
    embeddingCall(body, call.answer) ??
    chatCall(body, isStream) ??
    rawCall(call, isStream)
  )
}

function rerankCall(body: Json): ModelObject | undefined {
  const { query } = body
  const documents = body['texts'] ?? body['documents']
  if (typeof query !== 'string' || !isStrings(documents)) return undefined
  const start = 'const { ranking } = await reranker.rerank('
  return {
    package: '@x/sagemaker-rerank',
    className: 'SagemakerReranker',
    variable: 'reranker',
    lines: [
      `${start}${typescriptLiteral(query)}, ${typescriptLiteral(documents, '', start.length)})`,
      'for (const { index, score } of ranking) console.log(score, index)',
    ],
    notes: ['The indexes are those of the documents, whatever order the container answers in.'],
  }
}

function classificationCall(body: Json, answer: unknown): ModelObject | undefined {
  const texts = textsOf(body)
  const [first] = Array.isArray(answer) ? answer.flat() : []
  if (texts === undefined || !isObject(first) || first['label'] === undefined || first['score'] === undefined)
    return undefined
  const start = 'const results = await classifier.classify('
  return {
    package: '@x/sagemaker-rerank',
    className: 'SagemakerClassifier',
    variable: 'classifier',
    lines: [`${start}${typescriptLiteral(texts, '', start.length)})`, 'console.log(results)'],
    notes: [],
  }
}

function embeddingCall(body: Json, answer: unknown): ModelObject | undefined {
  const inputs = textsOf(body) ?? imagesOf(body)
  const kind = vectorKind(answer)
  if (inputs === undefined || kind === undefined) return undefined
  const methods = {
    dense: ['getTextEmbeddings', 'console.log(vectors.map(({ length }) => length))'],
    sparse: ['getSparseEmbeddings', 'console.log(vectors.map(({ indices }) => indices.length))'],
    multi: ['getMultiVectorEmbeddings', 'console.log(vectors.map((ofOne) => ofOne.length))'],
  } as const
  const [method, print] = methods[kind]
  const start = `const vectors = await embedding.${method}(`
  return {
    package: '@x/sagemaker-embed',
    className: 'SagemakerEmbedding',
    variable: 'embedding',
    handler: embeddingHandlers.find(([member]) => body[member] !== undefined)?.[1],
    lines: [`${start}${typescriptLiteral(inputs, '', start.length)})`, print],
    notes: ['More texts than the container takes at once are sent in several requests.'],
  }
}

function chatCall(body: Json, isStream: boolean): ModelObject | undefined {
  const { messages } = body
  const isPlain = (message: unknown): boolean =>
    isObject(message) &&
    ['system', 'user', 'assistant'].includes(String(message['role'])) &&
    typeof message['content'] === 'string'
  const prompt = typeof body['inputs'] === 'string' ? body['inputs'] : body['prompt']
  const isChat = Array.isArray(messages) && messages.every(isPlain)
  if (!isChat && typeof prompt !== 'string') return undefined
  const input = isChat
    ? messages.map((message: Json) => ({ role: message['role'], content: message['content'] }))
    : prompt
  const method = isChat ? (isStream ? 'streamChat' : 'chat') : isStream ? 'streamComplete' : 'complete'
  const start = isStream ? `const stream = llm.${method}(` : `const { text } = await llm.${method}(`
  return {
    package: '@x/sagemaker-llm',
    className: 'SagemakerLLM',
    variable: 'llm',
    lines: [
      `${start}${typescriptLiteral(input, '', start.length)})`,
      ...(isStream
        ? ['for await (const { delta } of stream) process.stdout.write(delta)', 'console.log()']
        : ['console.log(text)']),
    ],
    notes: [
      'Parameters are those of the model object; what the program sent in addition is in the body of the other samples.',
    ],
  }
}

function rawCall({ sent }: RecordedCall, isStream: boolean): ModelObject {
  const body = typescriptLiteral(sent.body)
  const options = typescriptLiteral({ contentType: sent.contentType, accept: sent.accept })
  return {
    package: '@x/sagemaker-endpoint',
    className: 'SagemakerEndpoint',
    variable: 'endpoint',
    lines: isStream
      ? [
          'const decoder = new TextDecoder()',
          `for await (const bytes of endpoint.invokeStream(${body}, ${options}))`,
          '  process.stdout.write(decoder.decode(bytes, { stream: true }))',
        ]
      : [`const { body } = await endpoint.invoke(${body}, ${options})`, 'console.log(new TextDecoder().decode(body))'],
    notes: ['The body is sent as it was: its format is none that a model package writes.'],
  }
}

function textsOf(body: Json): readonly string[] | undefined {
  for (const name of ['inputs', 'input', 'texts', 'text_inputs', 'inputText']) {
    const value = body[name]
    if (typeof value === 'string') return [value]
    if (isStrings(value)) return value
  }
  const items = itemsOf(body).map((item) => (isObject(item) ? item['text'] : undefined))
  return isStrings(items) ? items : undefined
}

/** What is embedded, in the formats that take images. */
function itemsOf(body: Json): readonly unknown[] {
  return [body['data'], body['input'], body['images']].find((items) => Array.isArray(items)) ?? []
}

/** Images are shown without their bytes. */
function imagesOf(body: Json): readonly object[] | undefined {
  const items = itemsOf(body)
  return items.length === 0
    ? undefined
    : items.map((item: unknown) =>
        isObject(item) && typeof item['text'] === 'string'
          ? { text: item['text'] }
          : { image: 'https://example.com/image.png' },
      )
}

/** Members of a request that only one handler writes. */
const embeddingHandlers = [
  ['data', 'jinaEmbedding'],
  ['texts', 'cohereEmbedding'],
  ['inputText', 'titanEmbedding'],
  ['text_inputs', 'jumpstartEmbedding'],
  ['input', 'openaiEmbedding'],
] as const

/** What vectors an answer has; `undefined` for an answer without any. */
function vectorKind(answer: unknown): 'dense' | 'sparse' | 'multi' | undefined {
  const items: unknown = isObject(answer) ? (answer['data'] ?? answer['embeddings'] ?? answer['embedding']) : answer
  if (!Array.isArray(items) || items.length === 0) return undefined
  const [first] = items as readonly unknown[]
  if (typeof first === 'number') return 'dense'
  if (isObject(first)) {
    if (first['index'] !== undefined && first['value'] !== undefined) return 'sparse'
    if (Array.isArray(first['embeddings'])) return 'multi'
    return vectorKind(first['embedding'])
  }
  if (!Array.isArray(first)) return undefined
  const [inner] = first as readonly unknown[]
  if (isObject(inner)) return inner['index'] !== undefined && inner['value'] !== undefined ? 'sparse' : undefined
  return Array.isArray(inner) ? 'multi' : typeof inner === 'number' ? 'dense' : undefined
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const isStrings = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string')

function parsed(body: string): Json {
  try {
    const value: unknown = JSON.parse(body)
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}
