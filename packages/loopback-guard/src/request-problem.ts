/** What the guard looks at. Header values as they were sent; undefined if a header is missing. */
export interface GuardedRequest {
  /** HTTP method, in upper case. */
  readonly method: string
  /** Path without query string. */
  readonly path: string
  /** `Host` */
  readonly host: string | undefined
  /** `Origin` */
  readonly origin: string | undefined
  /** `Sec-Fetch-Site` */
  readonly fetchSite: string | undefined
  /** `Sec-Fetch-Mode` */
  readonly fetchMode: string | undefined
  /** `Sec-Fetch-Dest` */
  readonly fetchDest: string | undefined
}

/** Whom a server on loopback answers. */
export interface GuardRules {
  /**
   * `page`: only the page that the server itself serves, so a request that can change something must name its origin. `programs`: programs,
   * which send no `Origin`, and the server's own page.
   */
  readonly callers: 'page' | 'programs'
  /**
   * Names that `Host` may have in addition to those of loopback, without port, in lower case. `any` for a server that listens on an address
   * that other machines reach, whose names it does not know.
   *
   * @defaultValue none
   */
  readonly hosts?: readonly string[] | 'any' | undefined
}

/**
 * Why a request is to be refused (HTTP 403), undefined if it is not. Three checks, each against another way in which a web page that
 * the user has open can use a server on loopback:
 *
 * - `Host` must name loopback: a site that points its own name at 127.0.0.1 (DNS rebinding) gets nothing. The port is not checked, so
 *   that a forwarded port works.
 * - `Origin`, when sent, must be the origin of `Host`: browsers send it with every request of a page that can change something.
 * - `Sec-Fetch-Site` must be `same-origin` or `none`, except for a link to the page at `/`: this covers requests without an `Origin`.
 *
 * The AWS SDKs, curl and `fetch` of Node.js send neither `Origin` nor `Sec-Fetch-Site`.
 */
export function requestProblem(request: GuardedRequest, { callers, hosts = [] }: GuardRules): string | undefined {
  const { method, host, origin } = request
  if (hosts !== 'any' && !isKnownHost(host, hosts)) return 'The Host header does not name this server.'
  if (origin !== undefined && origin.toLowerCase() !== `http://${host?.toLowerCase()}`) {
    return 'The request comes from a web page of another origin.'
  }
  const changes = method !== 'GET' && method !== 'HEAD'
  if (callers === 'page' && changes) return origin === undefined ? 'The request names no origin.' : undefined
  const site = request.fetchSite ?? 'none'
  return site === 'same-origin' || site === 'none' || isLinkToPage(request)
    ? undefined
    : 'The request comes from another web site.'
}

/** Whether an address or name to listen on can only be reached from the same machine. */
export function isLoopbackAddress(address: string): boolean {
  const name = address.toLowerCase().replace(/^\[(.*)\]$/, '$1')
  return name === 'localhost' || name === '::1' || /^127(?:\.\d{1,3}){3}$/.test(name)
}

function isKnownHost(host: string | undefined, hosts: readonly string[]): boolean {
  const [, name = ''] = /^(\[[^\]]*\]|[^:[\]]+)(?::\d+)?$/.exec(host ?? '') ?? []
  return isLoopbackAddress(name) || (name !== '' && hosts.includes(name.toLowerCase()))
}

function isLinkToPage({ method, path, fetchMode, fetchDest }: GuardedRequest): boolean {
  return (method === 'GET' || method === 'HEAD') && path === '/' && fetchMode === 'navigate' && fetchDest === 'document'
}
