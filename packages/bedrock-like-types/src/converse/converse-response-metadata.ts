/**
 * Facts about the HTTP exchange behind an answer, as the AWS SDK calls them. As there, what is not known is absent.
 *
 * @public
 */
export interface ConverseResponseMetadata {
  /** Status of the HTTP response. */
  readonly httpStatusCode?: number
  /** Id of the request at AWS. */
  readonly requestId?: string
  /** Requests that were sent for this call, retries included. */
  readonly attempts?: number
}
