import type { Tag } from '../containers/jumpstart-model.ts'

// The members of requests and responses that this package uses, with the SDK's names.

/** Requests by operation. */
export interface Requests {
  readonly ListEndpoints: Page & {
    readonly NameContains?: string | undefined
    readonly StatusEquals?: string | undefined
  }
  readonly DescribeEndpoint: { readonly EndpointName: string }
  readonly DescribeEndpointConfig: { readonly EndpointConfigName: string }
  readonly DescribeModel: { readonly ModelName: string }
  readonly ListInferenceComponents: Page & {
    readonly EndpointNameEquals: string
    readonly SortBy?: string
    readonly SortOrder?: string
  }
  readonly DescribeInferenceComponent: { readonly InferenceComponentName: string }
  readonly ListTags: Page & { readonly ResourceArn: string }
}

/** Responses by operation. */
export interface Responses {
  readonly ListEndpoints: { readonly Endpoints?: readonly EndpointSummary[]; readonly NextToken?: string }
  readonly DescribeEndpoint: DescribedEndpoint
  readonly DescribeEndpointConfig: DescribedConfig
  readonly DescribeModel: DescribedModel
  readonly ListInferenceComponents: {
    readonly InferenceComponents?: readonly ComponentSummary[]
    readonly NextToken?: string
  }
  readonly DescribeInferenceComponent: DescribedComponent
  readonly ListTags: { readonly Tags?: readonly Tag[]; readonly NextToken?: string }
}

interface Page {
  readonly NextToken?: string | undefined
  readonly MaxResults?: number | undefined
}

interface EndpointSummary {
  readonly EndpointName?: string
  readonly EndpointArn?: string
  readonly EndpointStatus?: string
  readonly CreationTime?: Date
  readonly LastModifiedTime?: Date
}

/** Response of `DescribeEndpoint`. */
export interface DescribedEndpoint extends EndpointSummary {
  readonly EndpointConfigName?: string
  readonly FailureReason?: string
  readonly ProductionVariants?: readonly VariantSummary[]
  readonly ShadowProductionVariants?: readonly VariantSummary[]
  readonly AsyncInferenceConfig?: AsyncConfig
  readonly DataCaptureConfig?: {
    readonly EnableCapture?: boolean
    readonly CurrentSamplingPercentage?: number
    readonly DestinationS3Uri?: string
  }
}

/** A running variant. */
export interface VariantSummary {
  readonly VariantName?: string
  readonly DeployedImages?: readonly { readonly SpecifiedImage?: string; readonly ResolvedImage?: string }[]
  readonly CurrentWeight?: number
  readonly CurrentInstanceCount?: number
  readonly CurrentServerlessConfig?: ServerlessConfig
}

interface ServerlessConfig {
  readonly MemorySizeInMB?: number
  readonly MaxConcurrency?: number
  readonly ProvisionedConcurrency?: number
}

interface AsyncConfig {
  readonly ClientConfig?: { readonly MaxConcurrentInvocationsPerInstance?: number }
  readonly OutputConfig?: { readonly S3OutputPath?: string; readonly S3FailurePath?: string }
}

/** Response of `DescribeEndpointConfig`. */
export interface DescribedConfig {
  readonly ProductionVariants?: readonly ConfiguredVariant[]
  readonly ShadowProductionVariants?: readonly ConfiguredVariant[]
}

interface ConfiguredVariant {
  readonly VariantName?: string
  readonly ModelName?: string
  readonly InstanceType?: string
  readonly InstancePools?: readonly { readonly InstanceType?: string }[]
}

/** Response of `DescribeModel`. */
export interface DescribedModel {
  readonly PrimaryContainer?: ContainerDefinition
  readonly Containers?: readonly ContainerDefinition[]
  readonly InferenceExecutionConfig?: { readonly Mode?: string }
}

/** A container definition of a model. */
export interface ContainerDefinition {
  readonly ContainerHostname?: string
  readonly Image?: string
  readonly Mode?: string
  readonly ModelDataUrl?: string
  readonly ModelDataSource?: { readonly S3DataSource?: { readonly S3Uri?: string } }
  readonly Environment?: Readonly<Record<string, string>>
  readonly ModelPackageName?: string
}

interface ComponentSummary {
  readonly InferenceComponentName?: string
  readonly InferenceComponentArn?: string
  readonly InferenceComponentStatus?: string
  readonly VariantName?: string
}

/** Response of `DescribeInferenceComponent`. */
export interface DescribedComponent extends ComponentSummary {
  readonly Specification?: {
    readonly ModelName?: string
    readonly BaseInferenceComponentName?: string
    readonly Container?: {
      readonly DeployedImage?: { readonly SpecifiedImage?: string; readonly ResolvedImage?: string }
      readonly ArtifactUrl?: string
      readonly Environment?: Readonly<Record<string, string>>
    }
  }
  readonly RuntimeConfig?: { readonly CurrentCopyCount?: number; readonly DesiredCopyCount?: number }
}
