import type { Context, MiddlewareHandler } from 'hono'

const loopbackNames: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]'])

/**
 * Refuses every request that was not made by this page itself.
 *
 * The server holds AWS credentials, so that "only this machine can connect" is not enough: any web site that the user has
 * open can send requests to loopback. Three checks, each against another way in:
 * - `Host` must be a loopback name: a site that points its own name at 127.0.0.1 (DNS rebinding) gets nothing. The port is
 *   left open, so that a forwarded port works;
 * - `Origin`, when sent, must be the origin of `Host`, and every request that can change something must send it;
 * - `Sec-Fetch-Site` of another site is refused, save for a plain link to the page.
 */
export const loopbackGuard: MiddlewareHandler = async (context, next) => {
  if (!isOwnRequest(context)) return context.body(null, 403)
  await next()
  return undefined
}

function isOwnRequest(context: Context): boolean {
  const host = context.req.header('host')
  if (host === undefined || !loopbackNames.has(host.replace(/:\d+$/, '').toLowerCase())) return false
  const origin = context.req.header('origin')
  if (origin !== undefined && origin !== `http://${host}`) return false
  if (context.req.method !== 'GET' && context.req.method !== 'HEAD') return origin !== undefined
  const site = context.req.header('sec-fetch-site') ?? 'none'
  return site === 'same-origin' || site === 'none' || isLinkToPage(context)
}

const isLinkToPage = (context: Context): boolean =>
  context.req.path === '/' &&
  context.req.header('sec-fetch-mode') === 'navigate' &&
  context.req.header('sec-fetch-dest') === 'document'
