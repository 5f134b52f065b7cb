import type { LocalEndpoint } from '../answers/local-endpoint.ts'
import { forward } from './forward.ts'

/** Headers that SageMaker forwards to the container. */
const passedOn = /^(?:content-type|accept|x-amzn-sagemaker-.+)$/

/**
 * Creates an endpoint in front of a container: forwards requests unchanged to its `/invocations` and streams its answers back. The container
 * handles sessions. Redirects are not followed.
 *
 * @param url - Base URL of the container, e.g. `http://127.0.0.1:8081`, or the full URL to invoke if it has a path.
 */
export function containerProxy(url: string): LocalEndpoint {
  const target = new URL(url)
  if (target.pathname === '/') target.pathname = '/invocations'
  return {
    description: `A container at ${target.href}`,
    handlesSessions: true,
    answer(request) {
      const headers = Object.entries(request.headers).flatMap(([name, value]) =>
        passedOn.test(name) && typeof value === 'string' ? [[name, value] as const] : [],
      )
      const accept = request.accept === undefined ? {} : { accept: request.accept }
      const forwarded = { ...Object.fromEntries(headers), ...accept }
      return forward(request, { url: target.href, headers: forwarded, body: request.body })
    },
  }
}
