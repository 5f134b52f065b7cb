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
