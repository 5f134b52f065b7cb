import { awsImageAccounts } from './aws-image-accounts.ts'

/** A parsed image URI. */
export interface ImageReference {
  /** Account ID of the ECR registry; `undefined` for other registries. */
  readonly account: string | undefined
  readonly repository: string
  /** `undefined` if the image is referenced only by digest. */
  readonly tag: string | undefined
  /** Whether AWS publishes the image. */
  readonly isAws: boolean
}

/** Parses an image URI. Returns `undefined` if it is not valid. */
export function parseImage(image: string | undefined): ImageReference | undefined {
  const [, name = '', tag] = /^([\w./:-]+?)(?::([\w.-]+))?(?:@sha256:[\da-f]+)?$/.exec(image ?? '') ?? []
  if (name === '') return undefined
  const [host = '', ...path] = name.split('/')
  const isRegistry = path.length > 0 && /[.:]/.test(host)
  const [, account] = /^(\d{12})\.dkr\.ecr[\w.-]*\.amazonaws\.com/.exec(host) ?? []
  return {
    account,
    repository: isRegistry ? path.join('/') : name,
    tag,
    isAws: account !== undefined && awsImageAccounts.has(account),
  }
}
