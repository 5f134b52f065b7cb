import { embeddingOptions } from './embedding-options.ts'
import { endpointOptions, outputOptions } from './endpoint-options.ts'
import { generationOptions } from './generation-options.ts'
import type { OptionTable } from './option-table.ts'

/** What a model does, as `ModelKind` of `@x/sagemaker-discovery`. */
export const modelKindNames = ['language', 'embedding', 'rerank', 'classification'] as const

const checkOnlyOptions = {
  handler: { type: 'string', value: 'NAME', summary: "the container's format (default: found out)" },
  kind: {
    type: 'string',
    value: 'KIND',
    summary: `with --handler: ${modelKindNames.join(', ')} (default language)`,
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
export const embedOptions = { ...endpointOptions, ...embeddingOptions, ...outputOptions }
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
