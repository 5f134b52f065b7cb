import type * as embed from '@x/sagemaker-embed'
import type * as llm from '@x/sagemaker-llm'
import type { Goal } from '../goal.ts'
import type { SampledContender, SampledSuite } from '../suite.ts'
import { initialBundleSize } from '@x/tools/initial-bundle-size'

const core = '@x/stream-core'

const languageHandlers = [
  'ai21',
  'bedrockCompat',
  'cohere',
  'huggingface',
  'jumpstartLlama2',
  'jumpstartText2Text',
  'lmi',
  'openai',
  'plainText',
  'tgi',
  'triton',
] as const satisfies readonly (keyof typeof llm)[]

const embeddingHandlers = [
  'cohereEmbedding',
  'huggingfaceEmbedding',
  'jinaEmbedding',
  'jumpstartEmbedding',
  'kserveEmbedding',
  'lmiEmbedding',
  'openaiEmbedding',
  'teiEmbedding',
  'titanEmbedding',
] as const satisfies readonly (keyof typeof embed)[]

const bytesToo =
  'It decodes UTF-8 that is cut anywhere, keeps byte offsets for errors, and bounds what it holds: `eventsource-parser`, which takes text and does none of it, has 1.8 kB.'

/** What a bundler makes of an import: minified and compressed, without the AWS SDK and rxjs. */
export function* bundleSizeSuites(): Iterable<SampledSuite> {
  yield suite(
    'Packages',
    [
      contender(core, 'ours', everythingOf(core)),
      contender('@x/stream-core/decoders', 'ours', everythingOf('@x/stream-core/decoders')),
      contender('@x/sagemaker-endpoint', 'ours', everythingOf('@x/sagemaker-endpoint')),
      contender('@x/sagemaker-llm', 'ours', everythingOf('@x/sagemaker-llm')),
      contender('@x/sagemaker-embed', 'ours', everythingOf('@x/sagemaker-embed')),
      contender('@x/sagemaker-local', 'ours', everythingOf('@x/sagemaker-local')),
      contender('eventsource-parser 4', 'peer', everythingOf('eventsource-parser')),
      contender('openai SDK, its client', 'peer', "export { OpenAI } from 'openai'"),
      contender(
        'AI SDK, parseJsonEventStream',
        'peer',
        "export { parseJsonEventStream } from '@ai-sdk/provider-utils'",
      ),
      contender('LangChain SageMakerEndpoint', 'peer', everythingOf('@langchain/community/llms/sagemaker_endpoint')),
    ],
    [
      {
        kind: 'amount',
        of: core,
        atMost: 9500,
        reason:
          'It has the decoders of four formats and their errors, sources and readers with back-pressure, and eight operators. Nobody has to load them all: a decoder alone takes 1.4 to 6.3 kB.',
      },
    ],
  )
  yield suite(
    'A single decoder',
    ['LineDecoder', 'ServerSentEventDecoder', 'JsonSequenceDecoder', 'EventStreamDecoder', 'EventStreamEncoder'].map(
      (name) => contender(name, 'ours', `export { ${name} } from '@x/stream-core/decoders'`),
    ),
    [
      { kind: 'amount', of: 'LineDecoder', atMost: 2100, reason: bytesToo },
      { kind: 'amount', of: 'ServerSentEventDecoder', atMost: 2500, reason: bytesToo },
    ],
  )
  yield suite(
    'SagemakerLLM with a single handler, the packages under it left out',
    [
      contender('without a handler', 'ours', "export { SagemakerLLM } from '@x/sagemaker-llm'", ownCode),
      ...languageHandlers.map((handler) =>
        contender(`${handler}()`, 'ours', `export { SagemakerLLM, ${handler} } from '@x/sagemaker-llm'`, ownCode),
      ),
    ],
    [
      {
        kind: 'amount',
        of: 'tgi()',
        atMost: 15_000,
        reason:
          "TGI answers in its own format and in OpenAI's: its handler reads and writes both, tool calls included.",
      },
    ],
  )
  yield suite(
    'SagemakerEmbedding with a single handler, the packages under it left out',
    embeddingHandlers.map((handler) =>
      contender(`${handler}()`, 'ours', `export { SagemakerEmbedding, ${handler} } from '@x/sagemaker-embed'`, ownCode),
    ),
  )
  yield suite('One application, the packages under it included', [
    contender('SagemakerEndpoint', 'ours', "export { SagemakerEndpoint } from '@x/sagemaker-endpoint'"),
    contender('SagemakerLLM with tgi()', 'ours', "export { SagemakerLLM, tgi } from '@x/sagemaker-llm'"),
    contender(
      'SagemakerEmbedding with teiEmbedding()',
      'ours',
      "export { SagemakerEmbedding, teiEmbedding } from '@x/sagemaker-embed'",
    ),
  ])
}

/** What an application has anyway. */
const peers = ['@aws-sdk/client-sagemaker-runtime', 'rxjs']
const ownCode = [...peers, '@x/sagemaker-endpoint', '@x/stream-core', '@x/bedrock-like-types']

function suite(name: string, contenders: readonly SampledContender[], goals: readonly Goal[] = []): SampledSuite {
  return {
    kind: 'sampled',
    name,
    quantity: 'gzipped',
    unit: 'bytes',
    areAlternatives: false,
    rounds: 1,
    contenders,
    goals,
  }
}

function contender(
  name: string,
  role: SampledContender['role'],
  program: string,
  external: readonly string[] = peers,
): SampledContender {
  return { name, role, sample: () => initialBundleSize(program, import.meta.dirname, external) }
}

function everythingOf(specifier: string): string {
  return `export * from ${JSON.stringify(specifier)}`
}
