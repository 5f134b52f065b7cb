import * as v from 'valibot'
import { numberParameters } from '../../../protocol/generation-parameters.ts'
import { initialParameterDrafts } from '../../call/parameter-drafts.ts'

const text = v.optional(v.fallback(v.string(), ''), '')

const draftsSchema = v.pipe(
  v.fallback(v.record(v.string(), v.unknown()), {}),
  v.transform((stored) => {
    const keys = [...numberParameters.map(({ key }) => key), 'stopSequences'] as const
    const known = keys.flatMap((key) => {
      const value = Object.hasOwn(stored, key) ? stored[key] : undefined
      return typeof value === 'string' ? [[key, value] as const] : []
    })
    return { ...initialParameterDrafts(), ...Object.fromEntries(known) }
  }),
)

/** How calls are made, as it stands in the form. What is damaged has its default. */
export const settingsValuesSchema = v.object({
  systemPrompt: text,
  drafts: v.optional(draftsSchema, {}),
  stream: v.optional(v.fallback(v.boolean(), true), true),
  /** Models that think aloud in their text; holds text back until it shows whether it is a thought. */
  splitReasoning: v.optional(v.fallback(v.boolean(), false), false),
  /** JSON text. */
  tools: text,
  /** `auto`, `required`, `none`, or `tool:` and a name. */
  toolChoice: text,
  /** JSON schema of the answer, as text. */
  answerSchema: text,
})

export type SettingsValues = v.InferOutput<typeof settingsValuesSchema>

/** Settings that are no part of a call. */
export interface BrowserSettings {
  readonly markdown: boolean
  /** What the instances of the endpoint cost, in US dollars per hour, as it was typed in. */
  readonly hourlyPrice: string
}

/** Reads settings from JSON text that the browser has kept, or that came from elsewhere. */
export function readSettings(json: string | null): SettingsValues & BrowserSettings {
  const value = v.parse(v.fallback(v.record(v.string(), v.unknown()), {}), parsedJson(json))
  const { markdown, hourlyPrice } = value
  return {
    ...v.parse(settingsValuesSchema, value),
    markdown: markdown === true,
    hourlyPrice: typeof hourlyPrice === 'string' ? hourlyPrice : '',
  }
}

function parsedJson(json: string | null): unknown {
  try {
    return JSON.parse(json ?? '{}')
  } catch {
    return {}
  }
}
