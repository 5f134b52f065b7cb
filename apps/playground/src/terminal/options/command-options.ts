import { embeddingOptions } from './embedding-options.ts'
import { endpointOptions, outputOptions } from './endpoint-options.ts'
import { generationOptions } from './generation-options.ts'
import type { OptionTable } from './option-table.ts'

// Apart from the commands, which load what they run with: that in turn needs their options alone.
export const chatOptions = { ...endpointOptions, ...generationOptions, ...outputOptions }
export const completeOptions = { ...endpointOptions, ...generationOptions, ...outputOptions }
export const embedOptions = { ...endpointOptions, ...embeddingOptions, ...outputOptions }
export const doctorOptions = {
  ...endpointOptions,
  model: generationOptions.model,
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
