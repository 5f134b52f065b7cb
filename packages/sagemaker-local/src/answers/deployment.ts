/** Deployment of an endpoint, as shown by the control plane. */
export interface Deployment {
  /**
   * Container image.
   *
   * @defaultValue an image of the account that is named after the endpoint
   */
  readonly image?: string | undefined
  /** Environment variables of the container. */
  readonly environment?: Readonly<Record<string, string>> | undefined
  /** S3 URI of the model data. */
  readonly modelDataUrl?: string | undefined
  /** ARN of a model package, for example from AWS Marketplace. Replaces the image. */
  readonly modelPackageName?: string | undefined
  /** Instance type. Default `ml.g5.2xlarge`. */
  readonly instanceType?: string | undefined
  /** Makes the variants serverless. */
  readonly serverless?: { readonly memorySizeInMB: number; readonly maxConcurrency: number } | undefined
  /** Maps adapter components to their base components. Both must be listed in `inferenceComponents`. */
  readonly baseComponents?: Readonly<Record<string, string>> | undefined
  /** Names of shadow variants. They are shown but receive no requests. */
  readonly shadowVariants?: readonly string[] | undefined
  /** Data capture settings. They are shown, but nothing is captured. */
  readonly dataCapture?: { readonly destinationS3Uri: string; readonly samplingPercentage: number } | undefined
  /** Tags of the endpoint. */
  readonly tags?: Readonly<Record<string, string>> | undefined
  /** Status of the endpoint. It accepts calls in any status. Default `InService`. */
  readonly status?: EndpointStatus | undefined
  /** Failure reason. */
  readonly failureReason?: string | undefined
}

/** All endpoint statuses. */
export const endpointStatuses = [
  'OutOfService',
  'Creating',
  'Updating',
  'SystemUpdating',
  'RollingBack',
  'InService',
  'Deleting',
  'Failed',
  'UpdateRollbackFailed',
] as const

/** An endpoint status. */
export type EndpointStatus = (typeof endpointStatuses)[number]
