import type { CodeSample } from './code-sample.ts'
import type { EndpointReference } from '../protocol/run-request.ts'
import type { RecordedCall } from './recorded-call.ts'
import { serviceHost } from './service-host.ts'
import { shellQuote } from './shell-quote.ts'

/** Linux gives one argument 128 KiB. */
const maxArgumentBytes = 100_000

const paths = {
  InvokeEndpoint: 'invocations',
  InvokeEndpointWithResponseStream: 'invocations-response-stream',
} as const

/**
 * The call with curl, for bash, zsh or any other POSIX shell. There is no comment in it: a zsh into which it is pasted would
 * take that for a command.
 */
export function curlCode(call: RecordedCall): CodeSample {
  const { sent, request, profile, runtimeUrl } = call
  const isStream = sent.operation === 'InvokeEndpointWithResponseStream'
  // The Accept of a stream is about its frames; that of the container has its own header.
  const accept = isStream ? 'x-amzn-sagemaker-accept' : 'accept'
  const isLarge = new TextEncoder().encode(sent.body).length > maxArgumentBytes
  const lines = [
    `curl --silent --show-error --fail-with-body${isStream ? ' --no-buffer --output -' : ''}`,
    // In braces: zsh would take the colon behind a bare name for the beginning of a modifier.
    `--aws-sigv4 "aws:amz:${call.region ?? '${AWS_REGION}'}:sagemaker"`,
    '--user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"',
    // Two words or none, in zsh too.
    '${AWS_SESSION_TOKEN:+--header} ${AWS_SESSION_TOKEN:+"x-amz-security-token: $AWS_SESSION_TOKEN"}',
    `--header ${shellQuote(`content-type: ${sent.contentType}`)}`,
    ...routingHeaders(request.endpoint),
    ...(sent.accept === undefined ? [] : [`--header ${shellQuote(`${accept}: ${sent.accept}`)}`]),
    isLarge ? '--data-binary @-' : `--data-raw ${shellQuote(sent.body)}`,
    `"${runtimeUrl ?? `https://${serviceHost(call.region ?? '${AWS_REGION}')}`}/endpoints/${request.endpoint.name}/${paths[sent.operation]}"`,
  ]
  const command = lines.join(' \\\n  ')
  return {
    id: 'curl',
    title: 'curl',
    language: 'bash',
    code: `${isLarge ? `printf %s ${shellQuote(sent.body)} |\n` : ''}${command}\n`,
    notes: [
      credentialsNote(runtimeUrl, profile),
      ...(call.region === undefined ? ['AWS_REGION has to name the region.'] : []),
      'Needs a curl that signs the headers it is given; 7.88 does.',
      ...(isStream
        ? [
            'The answer comes in the binary frames of application/vnd.amazon.eventstream, which curl does not take apart: the container’s own text stands between their headers.',
          ]
        : ['The answer is the container’s own JSON.']),
      'A refusal is printed and ends with exit code 22; nothing is tried again.',
    ],
  }
}

/** Which part of the endpoint a call goes to. */
function routingHeaders(endpoint: EndpointReference): string[] {
  const headers = {
    'x-amzn-sagemaker-inference-component': endpoint.inferenceComponentName,
    'x-amzn-sagemaker-target-variant': endpoint.targetVariant,
    'x-amzn-sagemaker-custom-attributes': endpoint.customAttributes,
    'x-amzn-sagemaker-session-id': endpoint.sessionId,
  }
  return Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [`--header ${shellQuote(`${name}: ${value}`)}`],
  )
}

function credentialsNote(runtimeUrl: string | undefined, profile: string | undefined): string {
  if (runtimeUrl !== undefined) return 'The local runtime checks no signature: the three variables may be empty.'
  const option = profile === undefined ? '' : ` --profile ${shellQuote(profile)}`
  return `Credentials come from the environment. To put those of the AWS CLI there: eval "$(aws configure export-credentials${option} --format env)"`
}
