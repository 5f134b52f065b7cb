import { handlerNames } from '../../protocol/handler-names.ts'
import { embeddingOptions } from './embedding-options.ts'
import { endpointOptions, engineOptions, outputOptions } from './endpoint-options.ts'
import { generationOptions } from './generation-options.ts'
import type { OptionTable } from './option-table.ts'

const checkOnlyOptions = {
  handler: { type: 'string', value: 'NAME', summary: "the container's format (default: found out)" },
  kind: {
    type: 'string',
    value: 'KIND',
    summary: `with --handler: ${Object.keys(handlerNames).join(', ')} (default language)`,
  },
  timeout: { type: 'string', value: 'SECONDS', summary: 'longest time of a call (default 60, as SageMaker has it)' },
  wait: { type: 'string', value: 'SECONDS', summary: 'wait this long for /ping before the checks (default 0)' },
  skip: {
    type: 'string',
    multiple: true,
    value: 'CHECK',
    summary: 'leave a check out, such as payload; can be repeated',
  },
  strict: { type: 'boolean', summary: 'fail on warnings, too' },
} as const satisfies OptionTable

// Apart from the commands, which load what they run with: that in turn needs their options alone.
export const chatOptions = { ...endpointOptions, ...generationOptions, ...outputOptions }
export const completeOptions = { ...endpointOptions, ...generationOptions, ...outputOptions }
export const embedOptions = { ...endpointOptions, ...embeddingOptions, ...engineOptions, ...outputOptions }
export const doctorOptions = {
  ...endpointOptions,
  model: generationOptions.model,
  ...outputOptions,
} as const satisfies OptionTable
export const checkOptions = {
  ...endpointOptions,
  url: {
    type: 'string',
    value: 'URL',
    summary: 'a container such as http://localhost:8080; with --endpoint, a local runtime',
  },
  model: generationOptions.model,
  ...checkOnlyOptions,
  ...outputOptions,
} as const satisfies OptionTable
export const scrubOptions = {
  output: {
    type: 'string',
    short: 'o',
    value: 'FILE',
    summary: 'where the scrubbed capture is written (default: standard output)',
  },
} as const satisfies OptionTable

/** What the page offers, and where it is served. */
export const pageOptions = {
  port: { type: 'string', value: 'PORT', summary: 'port of the page (default 4173, or the next free one)' },
  open: { type: 'boolean', summary: 'open the page in the default browser' },
  endpoint: {
    type: 'string',
    short: 'e',
    multiple: true,
    value: 'NAME',
    summary: 'endpoint on AWS to offer; can be repeated',
  },
  region: { type: 'string', value: 'REGION', summary: 'Region of the endpoints (default: as in every AWS tool)' },
  profile: { type: 'string', value: 'PROFILE', summary: 'profile in ~/.aws (default: as in every AWS tool)' },
  config: { type: 'string', value: 'FILE', summary: 'JSON file that lists endpoints' },
  captures: { type: 'string', value: 'FOLDER', summary: 'folder whose captures (*.jsonl) appear in the view Calls' },
} as const satisfies OptionTable

export const batchOptions = {
  ...endpointOptions,
  output: { type: 'string', short: 'o', value: 'FILE', summary: 'where results are written; required' },
  errors: {
    type: 'string',
    value: 'FILE',
    summary: 'where results of failed requests are written (default: the output)',
  },
  overwrite: { type: 'boolean', summary: 'start over, whatever is in these files' },
  concurrency: {
    type: 'string',
    value: 'NUMBER',
    summary: 'realtime, transform: most requests in flight (default 8; transform: 1 on each instance)',
  },
  handler: { type: 'string', value: 'NAME', summary: "the container's format, as for complete and embed" },
  pooling: { type: 'string', value: 'NAME', summary: 'embeddings: one vector of one per token: mean, cls, last' },
  ...engineOptions,
  ...outputOptions,
} as const satisfies OptionTable
