import { embeddingCodec, namedEmbeddingHandler } from '@x/sagemaker-embed'
import { type Job, openaiBatch, type OpenAIBatchCodecs, openaiBatchLine } from '@x/sagemaker-jobs'
import { languageModelCodec, namedHandler } from '@x/sagemaker-llm'
import { UsageError } from '../../command-line.ts'
import { handlerNames } from '../../protocol/handler-names.ts'
import type { ExitCode } from '../exit-codes.ts'
import { jobFiles } from '../job/job-place.ts'
import type { ResultLine } from '../job/result-files.ts'
import { runJob } from '../job/run-job.ts'
import { batchOptions } from '../options/command-options.ts'
import { poolingNames } from '../options/embedding-options.ts'
import { parseOptions } from '../options/option-table.ts'
import { readChoice, readHandlerName } from '../options/read-value.ts'
import type { TerminalContext } from '../terminal-context.ts'

type BatchValues = ReturnType<typeof parseOptions<typeof batchOptions>>['values']

/** `playground batch`: runs the requests of an OpenAI batch file. */
export async function runBatch(args: readonly string[], context: TerminalContext): Promise<ExitCode> {
  const { values, positionals } = parseOptions(args, batchOptions)
  const [input, ...others] = positionals
  if (input === undefined) throw new UsageError('Which requests? Give an OpenAI batch file. See --help.')
  if (others.length > 0) throw new UsageError('One file at a time. See --help.')
  const files = jobFiles(input, values)
  const batch = openaiBatch(files.input, await codecsOf(values))
  return runJob({ files, values, demoName: 'demo-llm', ...batch, lines: linesOf }, context)
}

/** A handler is for language models, for embedding models, or for both; requests of the other kind are sent as the default says. */
async function codecsOf(values: BatchValues): Promise<OpenAIBatchCodecs> {
  const { language, embedding } = handlerNames
  const handler = readHandlerName(values.handler, [...new Set([...language, ...embedding])]) ?? 'auto'
  const pooling = readChoice('--pooling', values.pooling, poolingNames)
  const chat = languageModelCodec({
    input: 'openai',
    contentHandler: language.includes(handler) ? await namedHandler(handler) : undefined,
  })
  const embeddings = embeddingCodec({
    contentHandler: embedding.includes(handler) ? await namedEmbeddingHandler(handler) : undefined,
    pooling,
  })
  return { chat, completions: chat, embeddings }
}

async function* linesOf(job: Job<object>): AsyncGenerator<ResultLine> {
  for await (const result of job.results({ ordered: true })) {
    yield { text: openaiBatchLine(result), isFailure: result.error !== undefined }
  }
}
