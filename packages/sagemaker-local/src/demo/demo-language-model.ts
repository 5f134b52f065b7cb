import type { LocalEndpoint } from '../answers/local-endpoint.ts'
import { languageDeployment } from './deployments/language-deployment.ts'
import type { DemoSettings } from './language-formats/generation.ts'
import { languageFormats, type LanguageFormat } from './language-formats/language-formats.ts'

/** Options of {@link demoLanguageModel}. */
export interface DemoLanguageModelOptions {
  /**
   * Whose requests it takes and whose answers it gives.
   * @defaultValue `tgi`
   */
  readonly format?: LanguageFormat | undefined
  /**
   * Seed of requests that bring none, so that the same request always gets the same answer.
   * @defaultValue 1
   */
  readonly seed?: number | undefined
  /**
   * Pace of a stream, so that it looks like a real one.
   * @defaultValue as fast as possible
   */
  readonly tokensPerSecond?: number | undefined
  /**
   * Name of the model in answers, and the only one that a request may ask for where the container checks it.
   * @defaultValue `demo`
   */
  readonly modelName?: string | undefined
  /**
   * Lets the model think before it replies in a chat: `separate` writes the thoughts into a separate field where the format has one,
   * `inline` writes them into the text between `<think>` and `</think>`.
   * @defaultValue it does not think
   */
  readonly reasoning?: 'separate' | 'inline' | undefined
  /**
   * Tokens of input and output together; longer requests are refused.
   * @defaultValue 4096
   */
  readonly contextWindow?: number | undefined
}

/**
 * A small language model: a back-off n-gram model, trained in a few dozen milliseconds from a text in this package. It is no match
 * for a real one, but it honours temperature, top-p, top-k, seed, stop sequences and token limits, reports truthfully why it stopped
 * and how many tokens it used, and refuses what the container whose format it speaks would refuse.
 *
 * Format `tgi` takes `inputs`, `messages` and `prompt`; `openai` takes `messages` and `prompt`, as vLLM does. Where tools are offered and the
 * last message asks for one (or the caller demands it), `tgi`, `openai` and `cohere` call it with arguments made up from its schema.
 */
export function demoLanguageModel(options: DemoLanguageModelOptions = {}): LocalEndpoint {
  const { format = 'tgi' } = options
  const settings: DemoSettings = {
    modelName: options.modelName ?? 'demo',
    contextWindow: options.contextWindow ?? 4096,
    seed: options.seed ?? 1,
    tokensPerSecond: options.tokensPerSecond,
    reasoning: options.reasoning,
  }
  const { answer, server, example } = languageFormats[format]
  return {
    description: `Demo language model in the format of ${server} (${format})`,
    exampleBody: JSON.stringify(example),
    deployment: languageDeployment(format, settings.modelName, settings.contextWindow),
    answer: (request) => answer(request, settings),
  }
}
