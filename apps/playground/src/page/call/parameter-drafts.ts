import * as v from 'valibot'
import {
  generationParametersSchema,
  numberParameters,
  type GenerationParameters,
  type NumberParameter,
} from '../../protocol/generation-parameters.ts'

/** The parameters as they stand in the form: text, possibly half typed. */
export type ParameterDrafts = Record<NumberParameter['key'] | 'stopSequences', string>

export const initialParameterDrafts = (): ParameterDrafts => {
  const numbers = numberParameters.map(({ key, initial }) => [key, initial === undefined ? '' : String(initial)])
  return { ...(Object.fromEntries(numbers) as Record<NumberParameter['key'], string>), stopSequences: '' }
}

export type ParsedParameters =
  | { readonly parameters: GenerationParameters; readonly problem?: undefined }
  | { readonly problem: string; readonly parameters?: undefined }

/** Reads the form. An empty field is left to the container; stop sequences stand one to a line, with `\n` for a newline. */
export function parseParameterDrafts(drafts: ParameterDrafts): ParsedParameters {
  const entries = numberParameters
    .filter(({ key }) => drafts[key].trim() !== '')
    .map(({ key }) => [key, Number(drafts[key])] as const)
  const stopSequences = drafts.stopSequences
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.replaceAll(String.raw`\n`, '\n'))
  const parsed = v.safeParse(generationParametersSchema, {
    ...Object.fromEntries(entries),
    ...(stopSequences.length > 0 && { stopSequences }),
  })
  return parsed.success ? { parameters: parsed.output } : { problem: parsed.issues[0].message }
}
