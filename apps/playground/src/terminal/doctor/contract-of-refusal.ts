import { contracts } from './contract.ts'
import type { Contract } from './contract.ts'

/** What containers say about a request that is not in their format; the first that fits counts. */
const refusals: readonly (readonly [RegExp, Contract])[] = [
  [/accept_eula/i, contracts.jumpstartLlama2],
  [/\btext_inputs\b/, contracts.textInputs],
  [/\btext_input\b/, contracts.triton],
  [/\binputText\b/, contracts.titan],
  [/\btexts must\b|\binput_type\b/, contracts.cohereEmbedding],
  [/\bmessage is required\b|\bmessage: field required\b/, contracts.cohere],
  [/\bprompt\b.*\brequired\b/, contracts.prompt],
  [/Cannot find suitable handler for request/, contracts.openai],
]

/** The format of a container by the words in which it refused a request; `undefined` when they say nothing about it. */
export function contractOfRefusal(words: string): Contract | undefined {
  return refusals.find(([pattern]) => pattern.test(words))?.[1]
}
