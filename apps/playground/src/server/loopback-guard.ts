import { requestProblem } from '@x/loopback-guard'
import type { MiddlewareHandler } from 'hono'

/**
 * Refuses every request that was not made by this page itself. The server holds AWS credentials, so that "only this machine can connect" is not
 * enough: any web site that the user has open can send requests to loopback.
 */
export const loopbackGuard: MiddlewareHandler = async (context, next) => {
  const { req } = context
  const problem = requestProblem(
    {
      method: req.method,
      path: req.path,
      host: req.header('host'),
      origin: req.header('origin'),
      fetchSite: req.header('sec-fetch-site'),
      fetchMode: req.header('sec-fetch-mode'),
      fetchDest: req.header('sec-fetch-dest'),
    },
    { callers: 'page' },
  )
  if (problem !== undefined) return context.body(null, 403)
  await next()
  return undefined
}
