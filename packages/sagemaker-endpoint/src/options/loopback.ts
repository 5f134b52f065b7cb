import type { ConnectionOptions } from './endpoint-options.ts'

/** For a service on this machine, which accepts any region and any credentials unless it is configured otherwise. */
export const loopbackIdentity = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
} as const

/**
 * The options for an endpoint on this machine: where `region` or `credentials` are missing, fixed values take their
 * place, so that nothing is looked up in files, environment or metadata services, and no real credential is sent to a
 * local server. Explicit values win, in `clientOptions` too.
 */
export function withLoopbackDefaults<O extends ConnectionOptions>(options: O): O {
  if (options.client !== undefined || !isLoopback(options.endpoint)) return options
  const passed: { readonly region?: unknown; readonly credentials?: unknown; readonly profile?: unknown } =
    options.clientOptions ?? {}
  // A profile has both.
  if (passed.profile !== undefined) return options
  return {
    ...options,
    ...(passed.region === undefined && { region: options.region ?? loopbackIdentity.region }),
    ...(passed.credentials === undefined && { credentials: options.credentials ?? loopbackIdentity.credentials }),
  }
}

/** Whether a URL leads to this machine: `localhost`, 127.0.0.0/8 or ::1. Without one it does not. */
export function isLoopback(url = ''): boolean {
  if (!URL.canParse(url)) return false
  const { hostname } = new URL(url)
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127\.[\d.]+$/.test(hostname)
  )
}
