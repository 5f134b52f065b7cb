import type { Suggestion } from '@x/sagemaker-discovery'
import type { EndpointValues, OpenEndpoint } from '../open-endpoint.ts'
import { commandLineOf } from './command-line-of.ts'
import { confirmSuggestion } from './confirm-suggestion.ts'
import type { Contract } from './contract.ts'
import type { Findings } from './describe-diagnosis.ts'
import { diagnose } from './diagnose.ts'
import { discover, knownSuggestion, suggestedConnection } from './discover.ts'
import { findIdentity } from './identity.ts'
import { suggestionOfContract } from './suggestion-of-contract.ts'

export type ExaminedValues = EndpointValues & { readonly model?: string | undefined }

/** Everything that doctor found out, with programs that make the suggested call. */
export interface Examination extends Findings {
  readonly code: readonly string[]
  /** The most likely call; `undefined` if the format is not known. */
  readonly suggestion: Suggestion | undefined
}

/**
 * Identifies what runs in an endpoint and how to call it: by the control plane, then by one call.
 *
 * @throws {SagemakerError} `aborted`
 */
export async function examineEndpoint(
  { connection, endpoint }: Pick<OpenEndpoint, 'connection' | 'endpoint'>,
  values: ExaminedValues,
  signal: AbortSignal,
): Promise<Examination> {
  const { endpointName } = endpoint
  const [discovery, identity] = await Promise.all([
    discover(endpointName, connection, signal),
    findIdentity(connection, signal),
  ])
  const known = knownSuggestion(discovery, values.component)
  const options = { model: values.model, url: values.url, signal }
  const diagnosis =
    known === undefined
      ? await diagnose(endpoint, options)
      : { endpoint: endpointName, ...(await confirmSuggestion(endpoint, known, options)) }
  const place = suggestedConnection(endpointName, connection, discovery)
  const routing = routingOf(values)
  const suggestions =
    known === undefined
      ? contractsOf(diagnosis.contract).map((contract) => suggestionOfContract(contract, place, routing))
      : [known]
  const words = connectionWords(values, endpointName, values.url === undefined ? place.region : undefined)
  return {
    ...discovery,
    identity,
    diagnosis,
    commandLines: suggestions.flatMap((suggestion) => commandLineOf(suggestion, words) ?? []),
    code: suggestions.map(({ code }) => code),
    suggestion: suggestions[0],
  }
}

/** Returns the format, and the other ones with the same answer or error message. */
export function contractsOf(contract: Contract | undefined): readonly Contract[] {
  return contract === undefined ? [] : [contract, ...contractsOf(contract.or)]
}

function routingOf(values: EndpointValues): Readonly<Record<string, unknown>> {
  return {
    ...(values.component !== undefined && { inferenceComponentName: values.component }),
    ...(values['custom-attributes'] !== undefined && { customAttributes: values['custom-attributes'] }),
  }
}

/** Returns the options that select the endpoint. */
export function connectionWords(values: EndpointValues, endpointName: string, region?: string): string[] {
  const options = ['region', 'profile', 'url', 'component', 'custom-attributes'] as const
  const given = { ...values, region: values.region ?? region }
  return [
    ...(values.local === true ? ['--local'] : []),
    '--endpoint',
    endpointName,
    ...options.flatMap((option) => {
      const value = option === 'region' && values.local === true ? undefined : given[option]
      return value === undefined ? [] : [`--${option}`, value]
    }),
  ]
}
