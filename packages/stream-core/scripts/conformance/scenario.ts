/** What is to be decoded: as text where it is UTF-8, so that it can be read, in base64 where it is not. */
export type ScenarioInput = { readonly text: string } | { readonly base64: string }

/** The error that ends a scenario; members as in `StreamDecodeError`. */
export interface ScenarioError {
  readonly code: string
  readonly byteOffset: number
  readonly lineNumber?: number
  readonly atEnd: boolean
}

/** One case of the corpus: an input, and what a correct decoder makes of it. */
export interface Scenario<Value> {
  /** What is hard about it. */
  readonly name: string
  /** Options of the decoder. */
  readonly options: Readonly<Record<string, unknown>>
  readonly input: ScenarioInput
  /** Byte offsets at which the input was cut where this was seen, or at which it hurts. The result is the same for any cuts. */
  readonly cuts: readonly number[]
  /** What is delivered, before the error if there is one. */
  readonly values: readonly Value[]
  readonly error?: ScenarioError
}

/** What a scenario ends with, and the options it needs; both are optional. */
export interface ScenarioEnd {
  readonly options?: Readonly<Record<string, unknown>>
  readonly error?: Omit<ScenarioError, 'atEnd'> & { readonly atEnd?: boolean }
}

type Part = string | readonly number[] | Uint8Array

/** A scenario from the parts in which its input came: texts, or bytes where a part is not text. */
export function scenario<Value>(
  name: string,
  parts: readonly Part[],
  values: readonly Value[],
  end: ScenarioEnd = {},
): Scenario<Value> {
  const chunks = parts.map((part) =>
    typeof part === 'string' ? new TextEncoder().encode(part) : Uint8Array.from(part),
  )
  const bytes = new Uint8Array(Buffer.concat(chunks))
  const cuts: number[] = []
  for (const chunk of chunks.slice(0, -1)) cuts.push((cuts.at(-1) ?? 0) + chunk.length)
  return {
    name,
    options: end.options ?? {},
    input: describeInput(bytes),
    cuts,
    values,
    ...(end.error === undefined ? {} : { error: { atEnd: false, ...end.error } }),
  }
}

function describeInput(bytes: Uint8Array): ScenarioInput {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) }
  } catch {
    return { base64: Buffer.from(bytes).toString('base64') }
  }
}
