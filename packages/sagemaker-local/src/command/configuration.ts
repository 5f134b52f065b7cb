import type { EndpointOptions } from '../hosting/endpoint-options.ts'
import type { LocalRuntimeOptions } from '../runtime/local-runtime-options.ts'

/** An endpoint in a configuration file: its backend, options of the demo model or the proxy, and how requests are routed to it. */
export interface ConfiguredEndpoint extends Omit<EndpointOptions, 'model'> {
  readonly backend: string
  readonly seed?: number | undefined
  readonly tokensPerSecond?: number | undefined
  readonly modelName?: string | undefined
  readonly contextWindow?: number | undefined
  readonly dimensions?: number | undefined
  readonly maxTokens?: number | undefined
  readonly apiKey?: string | undefined
  readonly task?: 'generation' | 'embedding' | undefined
}

/** What a configuration file holds; a text in place of an endpoint is its backend. */
export interface Configuration extends Omit<LocalRuntimeOptions, 'endpoints'> {
  readonly endpoints?: Readonly<Record<string, string | ConfiguredEndpoint>> | undefined
}
