import type { CallWarning } from '@x/bedrock-like-types'
import type { Warning } from '../contract/stream-part.ts'

/** The AI SDK's names of options that have another name here. */
const features: Readonly<Record<string, string>> = {
  maxNewTokens: 'maxOutputTokens',
  reasoningEffort: 'reasoning',
}

/** A warning of the model in the form of the AI SDK. Stop sequences that a container does not have still take effect. */
export function warningOf({ option, message }: CallWarning): Warning {
  if (option === undefined) return { type: 'other', message }
  const type = option === 'stopSequences' ? 'compatibility' : 'unsupported'
  return { type, feature: features[option] ?? option, details: message }
}
