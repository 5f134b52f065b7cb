import type { OptionTable } from './option-table.ts'

/** Which endpoint, and how it is reached. */
export const endpointOptions = {
  endpoint: { type: 'string', short: 'e', value: 'NAME', summary: 'endpoint to call' },
  region: { type: 'string', value: 'REGION', summary: 'its region (default: as every AWS tool finds it)' },
  profile: { type: 'string', value: 'PROFILE', summary: 'profile in ~/.aws (default: as every AWS tool finds it)' },
  url: { type: 'string', value: 'URL', summary: 'a local runtime in place of AWS, such as http://127.0.0.1:8080' },
  local: { type: 'boolean', summary: 'demo models within this process; no AWS account, no network' },
  component: { type: 'string', value: 'NAME', summary: 'inference component, or LoRA adapter' },
  'custom-attributes': { type: 'string', value: 'TEXT', summary: "such as 'accept_eula=true'" },
} as const satisfies OptionTable

/** How results are written. */
export const outputOptions = {
  json: { type: 'boolean', summary: 'results as JSON lines' },
} as const satisfies OptionTable

export const engineNames = ['realtime', 'async', 'transform'] as const

/** How rows of a job are sent, and where the job is kept. */
export const engineOptions = {
  engine: { type: 'string', value: 'NAME', summary: `how rows are sent: ${engineNames.join(', ')} (default realtime)` },
  job: {
    type: 'string',
    value: 'PLACE',
    summary: 'folder or s3://bucket/folder/ of the state of the job (default: beside the output, as .job)',
  },
  's3-input': { type: 'string', value: 'URI', summary: 'async, transform: folder for requests, s3://bucket/in/' },
  's3-output': { type: 'string', value: 'URI', summary: 'transform: folder for answers, s3://bucket/out/' },
  queue: {
    type: 'string',
    value: 'URL',
    summary: 'async: SQS queue with notifications of the endpoint (default: lists S3)',
  },
  'max-in-flight': { type: 'string', value: 'NUMBER', summary: 'async: most rows in flight (default 1000)' },
  'request-timeout': {
    type: 'string',
    value: 'SECONDS',
    summary: 'async, transform: how long the container may work on a request (default 900, 600)',
  },
  'sagemaker-model': { type: 'string', value: 'NAME', summary: 'transform: SageMaker model that runs; no endpoint' },
  'instance-type': { type: 'string', value: 'TYPE', summary: 'transform: instances, such as ml.g5.xlarge' },
  'instance-count': { type: 'string', value: 'NUMBER', summary: 'transform: how many of them (default 1)' },
  'rows-per-shard': { type: 'string', value: 'NUMBER', summary: 'transform: most rows in an object (default 1000)' },
  environment: {
    type: 'string',
    multiple: true,
    value: 'NAME=VALUE',
    summary: 'transform: environment variable of the container; can be repeated',
  },
  's3-url': { type: 'string', value: 'URL', summary: 'a local S3 in place of AWS' },
  'sqs-url': { type: 'string', value: 'URL', summary: 'a local SQS in place of AWS' },
} as const satisfies OptionTable
