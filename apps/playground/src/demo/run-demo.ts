import { SagemakerEmbedding, topK } from '@x/sagemaker-embed'
import { SagemakerLLM } from '@x/sagemaker-llm'
import { formatDuration } from '../page/call/format.ts'
import { quantile } from '../protocol/run-metrics.ts'
import type { Terminal } from './terminal.ts'
import { WrappingWriter } from './wrapping-writer.ts'

export interface DemoOptions {
  /** Address of the local runtime. */
  readonly runtimeUrl: string
  readonly terminal: Terminal
  readonly signal?: AbortSignal | undefined
}

const indent = '   '
const prompt = 'A storm announces itself'
const question = 'Why do the waves break near the beach?'
const query = 'a boat in bad weather'
const sentences = [
  'The small boat ran into the harbour before the weather turned bad.',
  'Bread needs flour, water, salt and a little patience.',
  'The keeper lights the lamp when the sun has gone down.',
  'A fishing boat can be repaired in an afternoon.',
  'Tomatoes want sun, but not too much water.',
]

/** Does the main job of the packages before the reader's eyes: a completion, a streamed chat, and embeddings. */
export async function runDemo({ runtimeUrl, terminal, signal }: DemoOptions): Promise<void> {
  const { line, style } = terminal
  const connection = {
    endpoint: runtimeUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  }
  const llm = new SagemakerLLM({ endpointName: 'demo-llm', ...connection, maxNewTokens: 60, seed: 7 })
  const chat = new SagemakerLLM({ endpointName: 'demo-openai', ...connection, maxNewTokens: 90, seed: 3 })
  const embedding = new SagemakerEmbedding({ endpointName: 'demo-embed', ...connection })
  const heading = (number: number, call: string, endpoint: string) =>
    line(`${style('bold', `${number}  ${call}`)}  ${style('dim', endpoint)}`)

  heading(1, 'complete', 'demo-llm')
  await showCompletion(llm, terminal, signal)
  line()
  heading(2, 'streamChat', 'demo-openai')
  await showChat(chat, terminal, signal)
  line()
  heading(3, 'getTextEmbeddings', 'demo-embed')
  await showEmbeddings(embedding, terminal, signal)
}

async function showCompletion(llm: SagemakerLLM, terminal: Terminal, signal: AbortSignal | undefined): Promise<void> {
  const startedAt = performance.now()
  const { text, stopReason, usage } = await llm.complete(prompt, { signal })
  const durationMs = performance.now() - startedAt
  const writer = new WrappingWriter(terminal, indent)
  writer.write(`${prompt}${text}`)
  writer.end()
  facts(terminal, [`${formatDuration(durationMs)} in all`, tokens(usage?.outputTokens), `stopped: ${stopReason}`])
}

async function showChat(llm: SagemakerLLM, terminal: Terminal, signal: AbortSignal | undefined): Promise<void> {
  terminal.line(`${indent}${terminal.style('cyan', question)}`)
  const startedAt = performance.now()
  const times: number[] = []
  const writer = new WrappingWriter(terminal, indent)
  let ending = ''
  let outputTokens: number | undefined
  for await (const chunk of llm.streamChat([{ role: 'user', content: question }], { signal })) {
    if (chunk.delta !== '') {
      times.push(performance.now() - startedAt)
      writer.write(chunk.delta)
    }
    if (chunk.stopReason !== undefined) ending = `stopped: ${chunk.stopReason}`
    outputTokens = chunk.usage?.outputTokens ?? outputTokens
  }
  writer.end()
  const pauses = times.slice(1).map((time, index) => time - (times[index] ?? time))
  const median = quantile(pauses, 0.5)
  facts(terminal, [
    `first token after ${formatDuration(times[0] ?? 0)}`,
    median === undefined ? '' : `then ${formatDuration(median)} each`,
    tokens(outputTokens),
    ending,
  ])
}

async function showEmbeddings(
  embedding: SagemakerEmbedding,
  terminal: Terminal,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { line, style } = terminal
  const startedAt = performance.now()
  const vectors = await embedding.getTextEmbeddings(sentences, { signal })
  const durationMs = performance.now() - startedAt
  const queryVector = await embedding.getQueryEmbedding(query, { signal })
  const ranked = topK(queryVector, vectors, sentences.length)
  line(`${indent}${style('cyan', `“${query}”`)} is ${excerpt(queryVector)}`)
  line(`${indent}and these are its neighbours, by cosine:`)
  for (const [rank, { index, score }] of ranked.entries()) {
    const row = `${indent}${score.toFixed(2)}  ${sentences[index] ?? ''}`
    line(rank === 0 ? style('green', row) : row)
  }
  facts(terminal, [
    `${vectors.length} sentences in ${formatDuration(durationMs)}`,
    `${vectors[0]?.length ?? 0} dimensions each`,
  ])
}

const facts = ({ line, style }: Terminal, parts: readonly string[]): void =>
  line(`${indent}${style('dim', parts.filter((part) => part !== '').join(' · '))}`)

/** A few numbers of a vector, from the first on that is not zero: vectors of hashed words are mostly zeros. */
function excerpt(vector: Float32Array): string {
  const from = Math.max(
    0,
    vector.findIndex((value) => value !== 0),
  )
  const numbers = Array.from(vector.subarray(from, from + 5), (value) => value.toFixed(3))
  return `[${[...(from > 0 ? ['…'] : []), ...numbers, '…'].join(', ')}]`
}

const tokens = (count: number | undefined): string => (count === undefined ? '' : `${count} tokens`)
