import type { ModelKind, SuggestedCall } from '@x/sagemaker-discovery'
import { commandLineOf } from '../doctor/command-line-of.ts'
import { confirmSuggestion } from '../doctor/confirm-suggestion.ts'
import { contracts, type Contract } from '../doctor/contract.ts'
import { diagnose } from '../doctor/diagnose.ts'
import type { KnownSuggestion } from '../doctor/discover.ts'
import { connectionWords, contractsOf, examineEndpoint } from '../doctor/examine-endpoint.ts'
import { suggestionOfContract } from '../doctor/suggestion-of-contract.ts'
import type { EndpointValues } from '../open-endpoint.ts'
import { fail, pass, type Finding } from './finding.ts'
import type { Subject } from './subject.ts'

export type ContractValues = EndpointValues & {
  readonly handler?: string | undefined
  readonly kind?: ModelKind | undefined
  readonly model?: string | undefined
}

/** The format that a container speaks, with the program that calls it. */
export interface FoundContract {
  readonly finding: Finding
  /** `undefined` if the format is not known. */
  readonly suggestion?: KnownSuggestion | undefined
  readonly commandLine?: string | undefined
  readonly canStream: boolean
}

/** Name in programs for an endpoint that is not deployed yet. */
const futureEndpointName = 'my-endpoint'

/**
 * Finds the format that the container speaks: the given one, or as `doctor` does.
 *
 * @throws {SagemakerError} `aborted`
 */
export async function findContract(subject: Subject, values: ContractValues): Promise<FoundContract> {
  if (values.handler !== undefined) return given(values.handler, values.kind ?? 'language', subject, values)
  return subject.containerUrl === undefined ? examined(subject, values) : diagnosed(subject, values)
}

function given(handler: string, kind: ModelKind, subject: Subject, values: ContractValues): FoundContract {
  const known = Object.values<Contract>(contracts).find((one) => one.kind === kind && one.handler === handler)
  const contract: Contract = known ?? { name: handler, kind, handler, call: callOf[kind], canStream: false }
  return { ...found(contract, subject, values), finding: pass(`${contract.name}, as given with --handler`) }
}

const callOf: Readonly<Record<ModelKind, SuggestedCall>> = {
  language: 'chat',
  embedding: 'embed',
  rerank: 'rerank',
  classification: 'classify',
}

async function examined(subject: Subject, values: ContractValues): Promise<FoundContract> {
  const { signal } = subject
  const { commandLines, diagnosis, suggestion } = await examineEndpoint(subject, values, signal)
  if (suggestion === undefined || suggestion.kind === 'unknown') return unknownFormat(diagnosis.error?.message)
  return {
    finding: pass(`${suggestion.handler}: ${suggestion.why}`),
    suggestion: { ...suggestion, kind: suggestion.kind },
    commandLine: commandLines[0],
    canStream: canStream(suggestion.kind, suggestion.handler),
  }
}

async function diagnosed(subject: Subject, values: ContractValues): Promise<FoundContract> {
  const options = { model: values.model, url: undefined, signal: subject.signal }
  const { contract, error, knownBy } = await diagnose(subject.endpoint, options)
  const candidates = [...contractsOf(contract), ...promptContracts(contract)].map((one) => ({
    contract: one,
    ...found(one, subject, values),
  }))
  const [likeliest] = candidates
  if (likeliest === undefined) return unknownFormat(error?.message)
  const chosen =
    candidates.length === 1 ? likeliest : ((await firstConfirmed(candidates, subject, options)) ?? likeliest)
  const source = knownBy === 'refusal' ? ', by the words of its refusal' : ''
  return { ...chosen, finding: pass(`${chosen.contract.name}${source}`) }
}

/** Old versions of TGI and LMI answer the same format to prompts, and refuse messages. */
function promptContracts(contract: Contract | undefined): readonly Contract[] {
  const takesPrompts = contract === contracts.tgi || contract === contracts.lmi
  return takesPrompts ? [{ ...contract, name: `${contract.name}, prompts only`, call: 'complete' }] : []
}

async function firstConfirmed<Candidate extends { readonly suggestion: KnownSuggestion }>(
  candidates: readonly Candidate[],
  { endpoint }: Subject,
  options: Parameters<typeof confirmSuggestion>[2],
): Promise<Candidate | undefined> {
  for (const candidate of candidates) {
    const { confirmed } = await confirmSuggestion(endpoint, candidate.suggestion, options)
    if (confirmed === true) return candidate
  }
  return undefined
}

function found(contract: Contract, { containerUrl, connection }: Subject, values: ContractValues) {
  const name = values.endpoint ?? futureEndpointName
  const place =
    containerUrl === undefined ? { endpointName: name, ...connection } : { endpointName: name, region: values.region }
  const { url: _, ...withoutUrl } = values
  const words = connectionWords(containerUrl === undefined ? values : withoutUrl, name)
  const routing = {
    ...(values['custom-attributes'] !== undefined && { customAttributes: values['custom-attributes'] }),
    ...(values.model !== undefined && { modelName: values.model }),
  }
  const suggestion = { ...suggestionOfContract(contract, place, routing), kind: contract.kind }
  return { suggestion, commandLine: commandLineOf(suggestion, words), canStream: contract.canStream }
}

const unknownFormat = (reason: string | undefined): FoundContract => ({
  finding: fail(
    `The format is not known${reason === undefined ? '' : `: ${reason}`}. Give it with --handler, and --kind if it is no language model.`,
  ),
  canStream: false,
})

function canStream(kind: ModelKind, handler: string): boolean {
  if (kind !== 'language') return false
  const known = Object.values<Contract>(contracts).find((one) => one.kind === kind && one.handler === handler)
  return known?.canStream ?? true
}
