import { embeddingHandlerNames } from '../../protocol/handler-names.ts'
import type { OptionTable } from './option-table.ts'

export const poolingNames = ['mean', 'cls', 'last'] as const

export const rowFormatNames = ['jsonl', 'text'] as const

/** How texts become vectors, and where they go. */
export const embeddingOptions = {
  output: { type: 'string', short: 'o', value: 'FILE', summary: 'where vectors are kept (default: standard output)' },
  errors: {
    type: 'string',
    value: 'FILE',
    summary: 'where rows go that fail (default: beside the output, as .errors.jsonl)',
  },
  overwrite: { type: 'boolean', summary: 'begin anew, whatever is in these files' },
  format: { type: 'string', value: 'NAME', summary: 'jsonl or text (default: text for .txt, jsonl otherwise)' },
  'text-field': { type: 'string', value: 'NAME', summary: 'member of a row that is the text (default text)' },
  'id-field': { type: 'string', value: 'NAME', summary: 'member of a row that is its id (default id)' },
  'batch-size': { type: 'string', value: 'NUMBER', summary: 'most texts in a request (default 10)' },
  concurrency: { type: 'string', value: 'NUMBER', summary: 'most requests in flight (default 4)' },
  'keep-going': { type: 'boolean', summary: 'let a row fail for any reason, also for one that may pass' },
  handler: {
    type: 'string',
    value: 'NAME',
    summary: `the container's format: auto, ${embeddingHandlerNames.join(', ')}`,
  },
  model: { type: 'string', value: 'NAME', summary: 'sent as model, for containers that want one' },
  dimensions: { type: 'string', value: 'NUMBER', summary: 'wanted length of the vectors' },
  normalize: { type: 'boolean', summary: 'vectors of unit length, whatever the container sends' },
  pooling: { type: 'string', value: 'NAME', summary: `one vector of one per token: ${poolingNames.join(', ')}` },
  instruction: { type: 'string', value: 'TEXT', summary: "put before every text, such as 'passage: '" },
  'input-type': { type: 'string', value: 'TEXT', summary: "the container's word for what texts are for" },
  parameter: {
    type: 'string',
    multiple: true,
    value: 'NAME=JSON',
    summary: "the container's own parameter; can be repeated",
  },
} as const satisfies OptionTable
