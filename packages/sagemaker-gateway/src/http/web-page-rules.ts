import { requestProblem } from '@x/loopback-guard'
import type { CorsOptions } from '../contract/gateway-options.ts'
import { GatewayError } from '../errors/gateway-error.ts'

const exposedHeaders =
  'x-request-id, x-amzn-requestid, openai-processing-ms, x-sagemaker-variant, x-sagemaker-attempts, x-sagemaker-warnings, retry-after'

/** Which web pages may call the gateway. */
export class WebPageRules {
  readonly #origins: ReadonlySet<string>

  constructor({ origins }: CorsOptions = { origins: [] }) {
    this.#origins = new Set(origins.map((origin) => origin.toLowerCase().replace(/\/$/, '')))
  }

  /** Whether the page may call, by its `Origin`. */
  allows(origin: string | null | undefined): boolean {
    return origin != null && this.#origins.has(origin.toLowerCase())
  }

  /** Headers that let the page read the response; none for other pages. */
  headersFor(origin: string | null): Readonly<Record<string, string>> {
    if (origin === null || !this.allows(origin)) return this.#origins.size > 0 ? { vary: 'Origin' } : {}
    return { 'access-control-allow-origin': origin, 'access-control-expose-headers': exposedHeaders, vary: 'Origin' }
  }

  /** The answer to the question of a browser whether a page may send a request. */
  preflight(headers: Headers): Readonly<Record<string, string>> {
    const origin = headers.get('origin')
    if (!this.allows(origin)) return {}
    return {
      ...this.headersFor(origin),
      'access-control-allow-methods': 'GET, POST',
      // A list of names: `*` would not cover `Authorization`.
      'access-control-allow-headers': headers.get('access-control-request-headers') ?? 'authorization, content-type',
      'access-control-max-age': '600',
    }
  }

  /**
   * Refuses requests of pages that may not call, where nothing else tells them apart from programs: a gateway without keys.
   *
   * @throws {GatewayError} `forbidden`
   */
  refuseOthers(request: Request): void {
    const { headers, method, url } = request
    const origin = headers.get('origin')
    if (this.allows(origin)) return
    const problem = requestProblem(
      {
        method,
        path: new URL(url).pathname,
        host: headers.get('host') ?? new URL(url).host,
        origin: origin ?? undefined,
        fetchSite: headers.get('sec-fetch-site') ?? undefined,
        fetchMode: headers.get('sec-fetch-mode') ?? undefined,
        fetchDest: headers.get('sec-fetch-dest') ?? undefined,
      },
      { callers: 'programs', hosts: 'any' },
    )
    if (problem !== undefined) throw new GatewayError('forbidden', `${problem} Allow its origin with cors.origins.`)
  }
}
