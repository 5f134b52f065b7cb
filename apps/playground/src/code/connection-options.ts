import type { EndpointReference } from '../protocol/run-request.ts'
import type { RecordedCall } from './recorded-call.ts'

/** The local runtime checks no signature, and the SDK insists on one. */
const localCredentials = { accessKeyId: 'local', secretAccessKey: 'local' }

/** Where the call goes, in the words of the SDK's client; what is missing comes from the environment. */
export const connectionOptions = ({ runtimeUrl, region }: RecordedCall): object => ({
  endpoint: runtimeUrl,
  region,
  credentials: runtimeUrl === undefined ? undefined : localCredentials,
})

/** What to know about them. */
export const connectionNote = ({ runtimeUrl }: RecordedCall): string =>
  runtimeUrl === undefined
    ? 'Credentials, and whatever else is not given here, come from the environment.'
    : 'This calls the local runtime, which takes any credentials. For AWS, leave out endpoint and credentials.'

/** Which part of the endpoint a call goes to, in the words of the packages. */
export const routingOptions = ({
  customAttributes,
  inferenceComponentName,
  sessionId,
  targetVariant,
}: EndpointReference): object => ({ inferenceComponentName, targetVariant, customAttributes, sessionId })

/** Adds a content handler to the literal of a model's options. */
export function withContentHandler(literal: string, factory: string | undefined): string {
  if (factory === undefined) return literal
  return literal.replace(/^\{(\s+)/, (_, space: string) => `{${space}contentHandler: ${factory}(),${space}`)
}
