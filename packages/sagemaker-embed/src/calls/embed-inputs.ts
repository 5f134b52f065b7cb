import type { EmbeddingInput, EmbeddingVector, ImageBytes, ImageUrl } from '@x/bedrock-like-types'
import { SagemakerError } from '@x/sagemaker-endpoint'
import { isJsonObject, type Outcome } from '@x/sagemaker-endpoint/model-kit'
import { type Ability, denseImages, denseTexts } from './ability.ts'
import type { CallSettings, EmbeddingCalls } from './embedding-calls.ts'
import { EmbeddingRun } from './embedding-run.ts'

/** The outputs of a call, in the order of the inputs. */
export interface Embedded<Output> {
  readonly outputs: readonly Output[]
  readonly run: EmbeddingRun
}

/**
 * Embeds an array of inputs of one kind.
 *
 * @throws {SagemakerError} The first failure in the order of the inputs, with its `index` if one input is at fault.
 */
export async function embedAll<Input, Output>(
  calls: EmbeddingCalls,
  ability: Ability<Input, Output>,
  inputs: readonly Input[],
  settings: CallSettings,
): Promise<Embedded<Output>> {
  const run = new EmbeddingRun(calls, settings, inputs.length)
  try {
    const outcomes = await outcomesOf(calls, run, ability, inputs, settings.signal)
    run.end(false)
    return { outputs: outputsOf(outcomes), run }
  } catch (error) {
    run.fail(error)
    throw error
  }
}

function outcomesOf<Input, Output>(
  calls: EmbeddingCalls,
  run: EmbeddingRun,
  ability: Ability<Input, Output>,
  inputs: readonly Input[],
  signal: AbortSignal | undefined,
): Promise<Outcome<Output>[]> {
  return calls.engineFor(ability.format.limits).run(inputs, run.batchRun(ability, 'throw', signal))
}

/** With `onError: 'throw'` every outcome has a result. */
function outputsOf<Output>(outcomes: readonly Outcome<Output>[]): Output[] {
  return outcomes.map(({ result }) => result as Output)
}

/** Embeds texts and images in one call; a request has either texts or images. */
export async function embedInputs(
  calls: EmbeddingCalls,
  inputs: readonly EmbeddingInput[],
  settings: CallSettings,
): Promise<Embedded<EmbeddingVector>> {
  const { kind, signal } = settings
  const call = calls.callOf(settings)
  const texts: Placed<string>[] = []
  const images: Placed<ImageBytes | ImageUrl>[] = []
  for (const [index, input] of inputs.entries()) {
    const image = imageOf(input)
    if (image === undefined) texts.push({ index, input: calls.instructed(kind, textOf(input, index)) })
    else images.push({ index, input: image })
  }
  const ofTexts = denseTexts(calls.handler, call)
  if (images.length === 0)
    return embedAll(
      calls,
      ofTexts,
      texts.map(({ input }) => input),
      settings,
    )
  const ofImages = denseImages(calls.handler, call)
  const run = new EmbeddingRun(calls, settings, inputs.length)
  const outputs: EmbeddingVector[] = []
  try {
    await Promise.all([
      place(outputs, texts, (some) => outcomesOf(calls, run, ofTexts, some, signal)),
      place(outputs, images, (some) => outcomesOf(calls, run, ofImages, some, signal)),
    ])
    run.end(false)
    return { outputs, run }
  } catch (error) {
    run.fail(error)
    throw error
  }
}

/** An input with its position in the call. */
interface Placed<Input> {
  readonly index: number
  readonly input: Input
}

/** Embeds some inputs of a call, and maps their positions to those in the call, also in an error. */
async function place<Input, Output>(
  outputs: Output[],
  placed: readonly Placed<Input>[],
  embed: (inputs: readonly Input[]) => Promise<readonly Outcome<Output>[]>,
): Promise<void> {
  try {
    const some = outputsOf(await embed(placed.map(({ input }) => input)))
    for (const [position, output] of some.entries()) {
      const at = placed[position]
      if (at !== undefined) outputs[at.index] = output
    }
  } catch (error) {
    if (!SagemakerError.is(error) || error.index === undefined) throw error
    throw error.with({ index: placed[error.index]?.index })
  }
}

/** @throws {SagemakerError} `invalid-request` if the input is neither a text, an object with one nor an image. */
export function textOf(input: unknown, index: number): string {
  const text = isJsonObject(input) ? input['text'] : input
  if (typeof text === 'string') return text
  const message = `item ${index} of the source is neither a string nor { id, text }`
  throw new SagemakerError('invalid-request', message, { index })
}

function imageOf(input: EmbeddingInput): ImageBytes | ImageUrl | undefined {
  return typeof input === 'object' && input !== null ? input.image : undefined
}
