import type { Connection } from '../open-endpoint.ts'

/** With which identity AWS is called. Holds no credentials. */
export interface Identity {
  readonly accountId?: string | undefined
  readonly arn?: string | undefined
  readonly region?: string | undefined
  /** Where the credentials come from, such as `environment variables`. */
  readonly source?: string | undefined
  /** Why something is not known, for example missing credentials. */
  readonly problem?: string | undefined
}

/** Longest time for the call of STS, in milliseconds. */
const timeoutMs = 5000

/**
 * Finds out with which identity AWS is called: by `sts:GetCallerIdentity`, which needs no permission. `undefined` for a local
 * runtime and for credentials that were passed in. Failures are part of the result.
 */
export async function findIdentity(connection: Connection, signal: AbortSignal): Promise<Identity | undefined> {
  const { clientOptions, credentials, endpoint, region } = connection
  if (endpoint !== undefined || credentials !== undefined) return undefined
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts')
  const client = new STSClient({ ...clientOptions, ...(region !== undefined && { region }), maxAttempts: 1 })
  const { profile = process.env['AWS_PROFILE'] } = (clientOptions ?? {}) as { readonly profile?: string }
  const identity: { -readonly [Name in keyof Identity]: Identity[Name] } = {}
  try {
    identity.region = await client.config.region()
    identity.source = sourceOf(await client.config.credentials(), profile)
    const { Account, Arn } = await client.send(new GetCallerIdentityCommand(), {
      abortSignal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    })
    return Arn === undefined ? { ...identity, problem: notSts } : { ...identity, accountId: Account, arn: Arn }
  } catch (error) {
    signal.throwIfAborted()
    return { ...identity, problem: problemOf(error as Error) }
  } finally {
    client.destroy()
  }
}

const notSts = 'what answered is not AWS STS. Check AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_STS and proxies'

/** An error of the SDK without a fault has a response that the SDK could not read: its message is about XML. */
function problemOf(error: Error): string {
  return '$metadata' in error && !('$fault' in error) ? notSts : error.message
}

/** Sources as the SDK marks them on credentials, from the most specific on. */
const sources: readonly (readonly [feature: string, words: string])[] = [
  ['CREDENTIALS_ENV_VARS', 'environment variables'],
  ['CREDENTIALS_PROFILE_SSO', 'IAM Identity Center, by a profile'],
  ['CREDENTIALS_PROFILE_SSO_LEGACY', 'IAM Identity Center, by a profile'],
  ['CREDENTIALS_SSO', 'IAM Identity Center'],
  ['CREDENTIALS_PROFILE_LOGIN', 'aws login, by a profile'],
  ['CREDENTIALS_LOGIN', 'aws login'],
  ['CREDENTIALS_PROFILE_PROCESS', 'a credential process, by a profile'],
  ['CREDENTIALS_PROCESS', 'a credential process'],
  ['CREDENTIALS_STS_ASSUME_ROLE_WEB_ID', 'a web identity token'],
  ['CREDENTIALS_STS_ASSUME_ROLE', 'an assumed role'],
  ['CREDENTIALS_PROFILE', 'a profile'],
  ['CREDENTIALS_HTTP', 'the container of this process'],
  ['CREDENTIALS_IMDS', 'the instance profile'],
]

function sourceOf(credentials: object, profile: string | undefined): string | undefined {
  const marks = '$source' in credentials ? (credentials.$source as object) : {}
  const words = sources.find(([feature]) => feature in marks)?.[1]
  return words === undefined || profile === undefined || !words.includes('profile') ? words : `${words} (${profile})`
}
