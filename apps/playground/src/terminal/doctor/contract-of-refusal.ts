import { contracts, type Contract } from './contract.ts'

/** Error messages that identify a container's format. The first match wins. */
const refusals: readonly (readonly [RegExp, Contract])[] = [
  [/accept_eula/i, contracts.jumpstartLlama2],
  [/\btext_pairs\b/, contracts.textPairsRerank],
  [/\btext_pair\b/, contracts.djlRerank],
  [/\bpassages\b/, contracts.nimRerank],
  [/\bcandidate_labels\b/, contracts.zeroShot],
  [/\bdata\b[^]*\bquery and documents\b/, contracts.jinaRerank],
  [/missing field `query`/, contracts.teiRerank],
  [/Expected one of: (?![^\]]*Chat)[^\]]*\bRerankRequest\b/, contracts.vllmRerank],
  [/\bquery must not be empty\b|\bquery\b[^]*\bis required\b/, contracts.cohereRerank],
  [/text input must be of type/, contracts.huggingfaceRerank],
  [/`data` must be|\bdata\b[^]*\bfield required\b/i, contracts.jina],
  [/only application\/x-text/, contracts.jumpstartClassification],
  [/[`']inputs[`'] must be an array|Unable to parse 'inputs'|JSON non-array/, contracts.kserve],
  [/\btext_inputs\b/, contracts.textInputs],
  [/\btext_input\b/, contracts.triton],
  [/\binputText\b/, contracts.titan],
  [/\btexts must\b|\binput_type\b/, contracts.cohereEmbedding],
  [/\bmessage is required\b|\bmessage: field required\b/, contracts.cohere],
  // Error message of LMI's handlers. Only its Bedrock mode rejects the probe.
  [/invoke handler failure/, contracts.bedrockCompat],
  [/\bprompt\b.*\brequired\b/, contracts.ai21],
  [/Cannot find suitable handler for request/, contracts.openai],
]

/** Identifies a container's format by its error message. Returns `undefined` if the message is not specific. */
export function contractOfRefusal(words: string): Contract | undefined {
  return refusals.find(([pattern]) => pattern.test(words))?.[1]
}
