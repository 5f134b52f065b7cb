import type { Suite } from './suite.ts'

/** Suites that are measured in one process, one after the other. */
export interface Group {
  readonly name: string
  readonly title: string
  /** What is done, and what to know in order to read the figures. */
  readonly about: string
  /**
   * Loads what the group needs and no other: what is loaded weighs on garbage collection. So does the input of a suite, which
   * comes when its turn has come.
   */
  readonly suites: () => Promise<Iterable<Suite>>
}

export const groups: readonly Group[] = [
  {
    name: 'sse',
    title: 'Server-sent events',
    about: 'Bytes to the data strings of events, in memory.',
    suites: async () => (await import('./suites/server-sent-events.ts')).serverSentEventSuites(),
  },
  {
    name: 'lines',
    title: 'Lines',
    about: 'Bytes to lines, in memory.',
    suites: async () => (await import('./suites/lines.ts')).lineSuites(),
  },
  {
    name: 'json',
    title: 'Text out of JSON',
    about: 'Bytes to the text that the model wrote: events or lines, `JSON.parse`, and the member that has the text.',
    suites: async () => (await import('./suites/json.ts')).jsonSuites(),
  },
  {
    name: 'frames',
    title: 'AWS event stream frames',
    about: 'Frames of `application/vnd.amazon.eventstream` to payloads, both checksums of each frame checked.',
    suites: async () => (await import('./suites/frames.ts')).frameSuites(),
  },
  {
    name: 'calls',
    title: 'Calls',
    about: 'One request of 1 KB after the other over loopback, and its answer of 1 KB.',
    suites: async () => (await import('./suites/calls.ts')).callSuites(),
  },
  {
    name: 'streams',
    title: 'Streams',
    about:
      'Streams over loopback, one event of a TGI container per part. An event is a token: its CPU time is that per token, and a second divided by its time on the clock is the tokens per second.',
    suites: async () => (await import('./suites/streams.ts')).streamSuites(),
  },
  {
    name: 'ai-sdk',
    title: 'Streams through the AI SDK',
    about:
      "The same chat completion of a vLLM container: through the provider, and through `@ai-sdk/openai-compatible` on the endpoint's OpenAI-compatible path. `doStream` is what a provider does; in `streamText` most is the AI SDK's own. A second divided by the time on the clock is the tokens per second.",
    suites: async () => (await import('./suites/ai-sdk.ts')).aiSdkSuites(),
  },
  {
    name: 'first-token',
    title: 'Time to the first token',
    about: 'The server sends the first token at once: all of the time is what the client adds.',
    suites: async () => (await import('./suites/first-token.ts')).firstTokenSuites(),
  },
  {
    name: 'langchain',
    title: 'Within LangChain',
    about:
      "A chat model of LangChain next to LangChain's own class for endpoints, which has prompts only. The server sends one event in each part, because that class takes a part for a token.",
    suites: async () => (await import('./suites/langchain.ts')).langchainSuites(),
  },
  {
    name: 'gateway',
    title: 'The gateway',
    about:
      'Streams of a chat completion of a vLLM container through a server, whose CPU time is measured: server, clients and endpoint are separate processes. `@portkey-ai/gateway` calls the OpenAI-compatible path of the endpoint, without frames and signatures. The bare pipe takes the payloads out of their frames, checks nothing and signs nothing.',
    suites: async () => (await import('./suites/gateway.ts')).gatewaySuites(),
  },
  {
    name: 'embeddings',
    title: 'Embeddings',
    about: "From an answer's bytes to checked vectors, without a network.",
    suites: async () => (await import('./suites/embeddings.ts')).embeddingSuites(),
  },
  {
    name: 'corpus',
    title: 'A corpus of texts',
    about:
      'Against a local runtime in its own process, whose demo model is what limits the time on the clock. The hand-written loop has no checks and no retries, and its vectors take twice the memory.',
    suites: async () => (await import('./suites/corpus.ts')).corpusSuites(),
  },
  {
    name: 'growth',
    title: 'Growth of the cost',
    about:
      'CPU time for 1, 10 and 100 times the work, and the exponent that fits: 1 is linear; with 2, ten times the work takes a hundred times as long.',
    suites: async () => (await import('./suites/growth.ts')).growthSuites(),
  },
  {
    name: 'memory',
    title: 'Memory',
    about:
      'What 500 streams hold that wait for their second event, each client in a fresh process, after garbage collection.',
    suites: async () => (await import('./suites/memory.ts')).memorySuites(),
  },
  {
    name: 'import',
    title: 'Import',
    about: '`import()` of the built packages in a fresh process, without what Node.js itself takes to start.',
    suites: async () => (await import('./suites/import-time.ts')).importSuites(),
  },
  {
    name: 'size',
    title: 'Size',
    about:
      'What a bundler makes of an import: minified and compressed, without the AWS SDK and rxjs, and without what is loaded at the first call only.',
    suites: async () => (await import('./suites/bundle-size.ts')).bundleSizeSuites(),
  },
]
