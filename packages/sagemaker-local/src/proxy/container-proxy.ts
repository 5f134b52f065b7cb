import type { LocalEndpoint } from '../answers/local-endpoint.ts'
import { forward } from './forward.ts'

/** Headers that SageMaker passes on to the container. */
const passedOn = /^(?:content-type|accept|x-amzn-sagemaker-.+)$/

/**
 * An endpoint whose container runs on this machine, or elsewhere: requests go to its `/invocations` unchanged, and its answers come back
 * chunk by chunk. Sessions are its own.
 *
 * @param url - Address of the container, e.g. `http://127.0.0.1:8081`; with a path, exactly there.
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
