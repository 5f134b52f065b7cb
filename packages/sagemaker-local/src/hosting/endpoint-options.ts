import type { Deployment } from '../answers/deployment.ts'
import type { AsyncNotifications } from './notifications.ts'
import type { Faults } from '../faults/faults.ts'
import type { LocalEndpoint } from '../answers/local-endpoint.ts'

/** An endpoint with options for routing, sessions, asynchronous calls and faults. */
export interface EndpointOptions {
  /** Answers the requests. */
  readonly model: LocalEndpoint
  /**
   * Names that `TargetVariant` may take; the first one is the variant of all other calls.
   * @defaultValue `['AllTraffic']`
   */
  readonly variants?: readonly string[] | undefined
  /** Makes this a multi-model endpoint: the names that `TargetModel` may take, and it must be given. */
  readonly targetModels?: readonly string[] | undefined
  /** Names that `TargetContainerHostname` may take (a multi-container endpoint with direct invocation). */
  readonly containers?: readonly string[] | undefined
  /** Makes this an endpoint with inference components: the names that must be given as `InferenceComponentName`. */
  readonly inferenceComponents?: readonly string[] | undefined
  /**
   * Lifetime of a stateful session, in seconds, counted from its creation.
   * @defaultValue 1200
   */
  readonly sessionsExpireInSeconds?: number | undefined
  /**
   * Where asynchronous calls write: outputs to `<asyncPath>/output/`, failures to `<asyncPath>/failure/`. Default
   * `s3://sagemaker-local/<endpoint name>`.
   */
  readonly asyncPath?: string | undefined
  /** Deployment to show on the control plane. Overrides members of the model's deployment. */
  readonly deployment?: Deployment | undefined
  /**
   * Topics to which the outcomes of asynchronous calls are published. Needs `objects: 's3'` of the runtime.
   * @defaultValue none
   */
  readonly notifications?: AsyncNotifications | undefined
  /** Faults to inject into every request, or into a share of them. */
  readonly faults?: Faults | undefined
}

export function endpointOptions(endpoint: LocalEndpoint | EndpointOptions): EndpointOptions {
  return 'model' in endpoint ? endpoint : { model: endpoint }
}
