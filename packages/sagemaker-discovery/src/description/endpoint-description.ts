import type { ContainerName } from '../containers/container.ts'
import type { Suggestion } from '../suggestion/suggestion.ts'

/** An endpoint in a list. */
export interface ListedEndpoint {
  /** Name, as passed as `endpointName`. */
  readonly name: string
  /** ARN. */
  readonly arn: string
  /** Status as reported by SageMaker: `InService`, `Creating`, `Updating`, `Failed` and so on. */
  readonly status: string
  /** Creation time. */
  readonly createdAt: Date
  /** Time of the last modification. */
  readonly lastModifiedAt: Date
}

/** What runs in an endpoint, and how to call it. */
export interface EndpointDescription extends ListedEndpoint {
  /** Reason for the status `Failed`, as reported by SageMaker. */
  readonly failureReason?: string | undefined
  /** AWS Region, from the ARN. */
  readonly region: string | undefined
  /** AWS account ID, from the ARN. */
  readonly accountId: string | undefined
  /** Production variants, then shadow variants, in the order of the endpoint. */
  readonly variants: readonly EndpointVariant[]
  /** Inference components, adapters included, sorted by name. */
  readonly inferenceComponents: readonly InferenceComponent[]
  /** Distinct instance types of the production variants. */
  readonly instanceTypes: readonly string[]
  /** Set for an asynchronous endpoint, which accepts only asynchronous calls. */
  readonly asynchronous?: AsynchronousInference | undefined
  /** Set if data capture is enabled. */
  readonly dataCapture?: DataCapture | undefined
  /** The default container: of the first production variant, or of the first base component. */
  readonly container: DescribedContainer
  /** The model in the container. */
  readonly model: DescribedModel
  /** How to call it. */
  readonly suggestion: Suggestion
  /**
   * IAM actions that were denied, such as `sagemaker:DescribeModel`. The description lacks the information that they
   * provide.
   */
  readonly deniedActions: readonly string[]
}

/** A variant of an endpoint. */
export interface EndpointVariant {
  /** Name, as passed as `targetVariant`. */
  readonly name: string
  /** Whether this is a shadow variant: it receives copies of requests and its responses are discarded. */
  readonly isShadow: boolean
  /** Traffic weight relative to the other variants. */
  readonly weight?: number | undefined
  /** Name of the model resource; `undefined` for a variant that hosts inference components. */
  readonly modelName?: string | undefined
  /** Instance type, such as `ml.g5.2xlarge`; `undefined` for a serverless variant. */
  readonly instanceType?: string | undefined
  /** Number of running instances. */
  readonly instanceCount?: number | undefined
  /** Set for a serverless variant. */
  readonly serverless?: ServerlessVariant | undefined
  /** How several containers are invoked: `serial` as a pipeline, `direct` individually by host name. */
  readonly invocationMode?: 'serial' | 'direct' | undefined
  /** Containers in order. A multi-container endpoint has more than one. */
  readonly containers: readonly DescribedContainer[]
  /** The model in the first container. */
  readonly model: DescribedModel
}

/** A serverless variant. */
export interface ServerlessVariant {
  /** Memory size, in MiB. */
  readonly memoryMiB: number
  /** Maximum number of concurrent invocations. */
  readonly maxConcurrency: number
  /** Provisioned concurrency, if configured. */
  readonly provisionedConcurrency?: number | undefined
}

/** An inference component of an endpoint. */
export interface InferenceComponent {
  /** Name, as passed as `inferenceComponentName`. */
  readonly name: string
  /** ARN. */
  readonly arn: string
  /** Status as reported by SageMaker. */
  readonly status: string
  /** Name of the variant that hosts the component. */
  readonly variantName?: string | undefined
  /** For an adapter: name of its base component. */
  readonly baseComponentName?: string | undefined
  /** Name of the model resource, if the component references one. */
  readonly modelName?: string | undefined
  /** Number of running copies. */
  readonly copyCount?: number | undefined
  /** The container; for an adapter, the one of its base component. */
  readonly container: DescribedContainer
  /** The model in the container. */
  readonly model: DescribedModel
  /** How to call it. */
  readonly suggestion: Suggestion
}

/** A container. */
export interface DescribedContainer {
  /** Image URI, or the model package; `undefined` if neither is known. */
  readonly image?: string | undefined
  /** Serving software; `unknown` if it cannot be identified. */
  readonly name: ContainerName | 'unknown'
  /** Version of the software, from the image's tag. For the Hugging Face toolkit, the version of `transformers`. */
  readonly version?: string | undefined
  /** Host name in a multi-container endpoint, as passed as `targetContainerHostname`. */
  readonly hostname?: string | undefined
  /** Whether the container hosts several models, selected by `targetModel`. */
  readonly isMultiModel: boolean
}

/** Model details from the environment, the model files and the tags. */
export interface DescribedModel {
  /** Hugging Face Hub ID, JumpStart model ID, or name of the model package. */
  readonly id?: string | undefined
  /** Maximum number of tokens, input and output together. */
  readonly maxModelLength?: number | undefined
  /** Name that the server expects as `model`, if configured. */
  readonly servedName?: string | undefined
  /** Names of the LoRA adapters loaded at start-up. */
  readonly adapters?: readonly string[] | undefined
}

/** Configuration of asynchronous inference. */
export interface AsynchronousInference {
  /** S3 prefix for responses. */
  readonly outputPath?: string | undefined
  /** S3 prefix for failures. */
  readonly failurePath?: string | undefined
  /** Maximum number of concurrent invocations per instance. */
  readonly maxConcurrencyPerInstance?: number | undefined
}

/** Configuration of data capture. */
export interface DataCapture {
  /** S3 prefix for captured data. */
  readonly destination?: string | undefined
  /** Percentage of requests that are captured. */
  readonly samplingPercentage?: number | undefined
}
