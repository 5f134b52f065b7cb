import type { SagemakerErrorCode } from '@x/sagemaker-endpoint'

/** What a developer does about an error, by its stable code. */
const adviceByCode: Readonly<Record<SagemakerErrorCode, string>> = {
  aborted: 'You stopped this call. Nothing to do.',
  timeout: 'The container took too long. Ask for less in one call, stream a long answer, or raise the time limits.',
  'context-length-exceeded':
    'The text does not fit the model, or not together with the answer. Shorten it, or lower max new tokens.',
  'eula-not-accepted': 'This model is deployed without its licence accepted. Redeploy it with accept_eula=true.',
  credentials:
    'The server found no usable AWS credentials. Sign in (aws sso login), or start the playground with --profile.',
  'access-denied': 'These credentials may not invoke the endpoint. They need sagemaker:InvokeEndpoint on it.',
  'endpoint-not-found': 'No endpoint of this name in this region and account. Check the name and the region.',
  'model-not-ready': 'The model is still loading, or scaled to zero. Try again in a minute.',
  throttled: 'The endpoint is busy. Send less at a time, or add instances.',
  'payload-too-large': 'The request is larger than the endpoint takes. Send less.',
  'invalid-request': 'The request cannot be answered as it is. The message says what is wrong with it.',
  'service-unavailable': 'SageMaker or the container is failing for the moment. Try again.',
  'model-error': "The container failed on this request. Look at its log in CloudWatch for the request's time.",
  'stream-interrupted': 'The answer stopped half-way. Try again.',
  'stream-corrupt':
    'Bytes were damaged on the way, or something other than the endpoint answered. Check proxies in between.',
  'unexpected-response':
    'The container answered in a form that no content handler knows. The wire below shows what it sent.',
  connection: 'The endpoint could not be reached. Check the region, the network and the proxy settings.',
  'missing-dependency': 'A package is not installed. The message says which one to install.',
  'invalid-configuration': 'The configuration has a mistake. The message says where.',
  'invalid-row': 'A row of the input cannot be read. The message says which line.',
  'duplicate-id': 'Two rows have the same id. Give each its own.',
  'job-exists': 'There is a job in this place already. Resume it, or choose another place.',
  'job-changed': 'The job was started with other input or options. Use the same, or start another job.',
  'job-locked': 'Another process works on the job. Wait for it, or end it.',
}

export const adviceFor = (code: SagemakerErrorCode): string => adviceByCode[code]
