import type { GatewayErrorCode } from '../contract/request-record.ts'

/** A failure of the gateway itself. Its message is for the client. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError'
  readonly code: GatewayErrorCode
  /** Member of the request that is at fault. */
  readonly param: string | undefined
  /** Headers of the response. */
  readonly headers: Readonly<Record<string, string>>

  constructor(
    code: GatewayErrorCode,
    message: string,
    { param, headers = {} }: { param?: string | undefined; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message)
    this.code = code
    this.param = param
    this.headers = headers
  }
}
