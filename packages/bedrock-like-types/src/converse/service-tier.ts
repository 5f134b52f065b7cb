/**
 * Name of a service tier of Bedrock.
 *
 * @public
 */
export type ServiceTierType = 'default' | 'flex' | 'priority' | 'reserved'

/**
 * The service tier of Bedrock by which a request is served.
 *
 * @public
 */
export interface ServiceTier {
  /** Name of the tier. */
  readonly type: ServiceTierType | undefined
}
