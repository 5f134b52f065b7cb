import type { EndpointObserver } from '@x/sagemaker-endpoint'

type RequestBody = Pick<
  Parameters<NonNullable<EndpointObserver['onRequestBody']>>[0],
  'body' | 'contentType' | 'accept'
>

/** Keeps the last request that an endpoint sent. */
export class SentRequests {
  last: RequestBody | undefined

  readonly observer: EndpointObserver = {
    onRequestBody: ({ body, contentType, accept }) => {
      this.last = { body, contentType, accept }
    },
  }
}
