import { rememberSecret } from '../errors/secrets.ts'

/** Keeps what a signed request would betray out of all messages: its access key id and its session token. */
export function rememberSecretsOf(request: unknown): void {
  const { headers = {} } = request as { readonly headers?: Readonly<Record<string, string | undefined>> }
  rememberSecret(headers['x-amz-security-token'])
  const { authorization = '' } = headers
  const start = authorization.indexOf('Credential=')
  if (start >= 0) rememberSecret(authorization.slice(start + 'Credential='.length, authorization.indexOf('/', start)))
}
