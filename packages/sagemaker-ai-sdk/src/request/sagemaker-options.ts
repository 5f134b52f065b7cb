import { InvalidArgumentError } from '@ai-sdk/provider'
import type { RoutingOptions, TimeLimits } from '@x/sagemaker-endpoint'
import type { CommonCallOptions } from '../contract/call-options.ts'
import type { SagemakerCallOptions } from '../contract/provider-options.ts'
import type { Warning } from '../contract/stream-part.ts'

type Kind = 'string' | 'number' | 'boolean' | 'object' | 'boolean or number'

/** The type of each member of provider options of some kind: a table that lacks one does not compile. */
export type OptionKinds<Options> = Readonly<Record<keyof Options, Kind>>

const routingKinds: OptionKinds<SagemakerCallOptions> = {
  inferenceComponentName: 'string',
  targetVariant: 'string',
  targetModel: 'string',
  targetContainerHostname: 'string',
  sessionId: 'string',
  inferenceId: 'string',
  prefixAwareId: 'string',
  customAttributes: 'string',
  timeouts: 'object',
}

/** Headers of SageMaker Runtime that callers can set as headers of a call, too. */
const routingHeaders: Readonly<Record<string, keyof RoutingOptions>> = {
  'x-amzn-sagemaker-custom-attributes': 'customAttributes',
  'x-amzn-sagemaker-inference-component': 'inferenceComponentName',
  'x-amzn-sagemaker-inference-id': 'inferenceId',
  'x-amzn-sagemaker-session-id': 'sessionId',
  'x-amzn-sagemaker-target-container-hostname': 'targetContainerHostname',
  'x-amzn-sagemaker-target-model': 'targetModel',
  'x-amzn-sagemaker-target-variant': 'targetVariant',
}

/** The AI SDK sets it on every call. */
const ignoredHeaders: ReadonlySet<string> = new Set(['user-agent'])

/** What a call says about where it goes, and the other members of its provider options. */
export interface SagemakerOptions<Own> {
  readonly routing: RoutingOptions & { readonly timeouts?: TimeLimits }
  readonly own: Partial<Own>
  readonly warnings: readonly Warning[]
}

/**
 * Reads `providerOptions.sagemaker` and the headers of a call.
 *
 * @param ownKinds - the members beyond those of routing.
 * @throws {InvalidArgumentError} for a member that does not exist or has the wrong type.
 */
export function sagemakerOptions<Own extends object>(
  { providerOptions, headers }: CommonCallOptions,
  ownKinds: OptionKinds<Own>,
): SagemakerOptions<Own> {
  const routing: Record<string, unknown> = {}
  const own: Record<string, unknown> = {}
  const warnings: Warning[] = []
  for (const [name, value] of Object.entries(headers ?? {})) {
    const option = routingHeaders[name.toLowerCase()]
    if (value === undefined || ignoredHeaders.has(name.toLowerCase())) continue
    if (option === undefined) {
      const details = `header ${name} was not sent: SageMaker passes no headers to the container`
      warnings.push({ type: 'unsupported', feature: 'headers', details })
    } else routing[option] = value
  }
  for (const [name, value] of Object.entries(providerOptions?.['sagemaker'] ?? {})) {
    if (value === undefined) continue
    const isRouting = Object.hasOwn(routingKinds, name)
    const kinds: Readonly<Record<string, Kind>> = isRouting ? routingKinds : ownKinds
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined
    if (kind === undefined)
      throw invalidOption(name, 'there is no such option; parameters of the container go into additionalParameters')
    if (!isOfKind(value, kind)) throw invalidOption(name, `must be of type ${kind}`)
    ;(isRouting ? routing : own)[name] = value
  }
  return { routing, own: own as Partial<Own>, warnings }
}

function isOfKind(value: unknown, kind: Kind): boolean {
  if (kind === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value)
  return kind.split(' or ').includes(typeof value)
}

function invalidOption(name: string, problem: string): InvalidArgumentError {
  const argument = `providerOptions.sagemaker.${name}`
  return new InvalidArgumentError({ argument, message: `${argument}: ${problem}` })
}
