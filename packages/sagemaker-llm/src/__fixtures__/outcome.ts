import type { ChatResponse, ModelUsage } from '@x/bedrock-like-types'
import { SagemakerError } from '@x/sagemaker-endpoint'
import type { ExpectedAnswer, ExpectedError, FixtureCase } from './container-fixture.ts'

/** What has come of a call: its answer or its error, as far as a fixture says something about it. */
export type Outcome =
  | { readonly answer: Required<Omit<ExpectedAnswer, 'reasoning'>> & { readonly reasoning: string | undefined } }
  | { readonly error: Required<ExpectedError> }

/** The outcome of a call. */
export async function outcomeOf(call: Promise<object>): Promise<Outcome> {
  try {
    const { text, reasoning, toolCalls, stopReason, rawStopReason, usage } = (await call) as ChatResponse
    return {
      answer: {
        text,
        reasoning,
        // What `inputText` and `usage.raw` have to be is the subject of other tests.
        toolCalls: toolCalls?.map(({ id, name, input }) => ({ id, name, input })),
        stopReason,
        rawStopReason,
        usage: usage === undefined ? undefined : withoutRaw(usage),
      },
    }
  } catch (error) {
    if (!SagemakerError.is(error)) throw error
    return { error: { code: error.code, partialText: error.partial?.text ?? '' } }
  }
}

/**
 * The outcome that a fixture wants.
 *
 * @param anyId - Stands for an id that was generated.
 */
export function expectedOutcome(fixture: FixtureCase, isStream: boolean, anyId: unknown): Outcome {
  const { expected, expectedOfStream, error, errorOfStream } = fixture
  const expectedError = isStream ? (errorOfStream ?? error) : error
  if (expectedError !== undefined) return { error: { partialText: '', ...expectedError } }
  if (expected === undefined) throw new Error(`${fixture.name}: neither an answer nor an error is expected`)
  const answer = { ...expected, ...(isStream ? expectedOfStream : {}) }
  return {
    answer: {
      text: answer.text,
      reasoning: answer.reasoning,
      toolCalls: (answer.toolCalls ?? []).map((call) => ({ ...call, id: call.id ?? (anyId as string) })),
      stopReason: answer.stopReason,
      rawStopReason: answer.rawStopReason,
      usage: answer.usage,
    },
  }
}

function withoutRaw(usage: ModelUsage): ExpectedAnswer['usage'] {
  const counts = Object.entries(usage).filter(([name]) => name !== 'raw')
  return Object.fromEntries(counts) as unknown as ExpectedAnswer['usage']
}
