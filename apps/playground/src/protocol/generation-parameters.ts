import * as v from 'valibot'

/** A generation parameter that is a number, with the limits that the page shows and the server enforces. */
export interface NumberParameter {
  readonly key: 'temperature' | 'maxNewTokens' | 'topP' | 'topK' | 'seed'
  readonly label: string
  readonly min: number
  readonly max: number
  readonly step: number
  /** Shown under the control. */
  readonly hint: string
  /** What a new session starts with; `undefined` leaves the choice to the container. */
  readonly initial: number | undefined
}

export const numberParameters: readonly NumberParameter[] = [
  {
    key: 'temperature',
    label: 'Temperature',
    min: 0,
    max: 2,
    step: 0.05,
    hint: '0 always takes the likeliest token',
    initial: 0.7,
  },
  {
    key: 'maxNewTokens',
    label: 'Max new tokens',
    min: 1,
    max: 8192,
    step: 1,
    hint: 'The answer ends here at the latest',
    initial: 160,
  },
  {
    key: 'topP',
    label: 'Top P',
    min: 0.01,
    max: 0.99,
    step: 0.01,
    hint: 'Share of probability to draw from',
    initial: undefined,
  },
  {
    key: 'topK',
    label: 'Top K',
    min: 1,
    max: 1000,
    step: 1,
    hint: 'Number of tokens to draw from',
    initial: undefined,
  },
  {
    key: 'seed',
    label: 'Seed',
    min: 0,
    max: 4_294_967_295,
    step: 1,
    hint: 'The same seed repeats an answer',
    initial: undefined,
  },
]

/** At most this many stop sequences: the limit of the strictest container. */
export const maxStopSequences = 4

const numberSchema = (key: NumberParameter['key']): v.OptionalSchema<v.GenericSchema<number>, undefined> => {
  const parameter = numberParameters.find((candidate) => candidate.key === key)
  if (parameter === undefined) throw new TypeError(`no limits for ${key}`)
  const { label, min, max, step } = parameter
  const range = v.pipe(
    v.number(`${label} must be a number.`),
    v.check((value) => value >= min && value <= max, `${label} must be between ${min} and ${max}.`),
    v.check((value) => step < 1 || Number.isInteger(value), `${label} must be a whole number.`),
  )
  return v.optional(range)
}

/** The parameters of one call, as the page sends them; a missing one is left to the container. */
export const generationParametersSchema = v.strictObject({
  temperature: numberSchema('temperature'),
  maxNewTokens: numberSchema('maxNewTokens'),
  topP: numberSchema('topP'),
  topK: numberSchema('topK'),
  seed: numberSchema('seed'),
  stopSequences: v.optional(
    v.pipe(
      v.array(v.pipe(v.string(), v.minLength(1, 'A stop sequence cannot be empty.'))),
      v.maxLength(maxStopSequences, `At most ${maxStopSequences} stop sequences.`),
    ),
  ),
})

export type GenerationParameters = v.InferOutput<typeof generationParametersSchema>
