import { languageHandlerNames } from '../../protocol/handler-names.ts'
import type { OptionTable } from './option-table.ts'

/** How a model is asked. */
export const generationOptions = {
  handler: {
    type: 'string',
    value: 'NAME',
    summary: `the container's format: auto, ${languageHandlerNames.join(', ')}`,
  },
  model: { type: 'string', value: 'NAME', summary: 'sent as model, for containers that want one' },
  temperature: { type: 'string', value: 'NUMBER', summary: '0 always takes the likeliest token (default 0.1)' },
  'max-new-tokens': { type: 'string', value: 'NUMBER', summary: 'most tokens to generate (default 512)' },
  'top-p': { type: 'string', value: 'NUMBER', summary: 'draw from the likeliest tokens with this probability' },
  'top-k': { type: 'string', value: 'NUMBER', summary: 'draw from this many of the likeliest tokens' },
  seed: { type: 'string', value: 'NUMBER', summary: 'makes drawing repeatable' },
  stop: { type: 'string', multiple: true, value: 'TEXT', summary: 'ends the answer; can be repeated' },
  parameter: {
    type: 'string',
    multiple: true,
    value: 'NAME=JSON',
    summary: "the container's own parameter; can be repeated",
  },
  system: { type: 'string', value: 'TEXT', summary: 'system prompt' },
  'split-reasoning': { type: 'boolean', summary: 'take <think> text out of the answer' },
  'no-stream': { type: 'boolean', summary: 'ask for the whole answer at once' },
  verbose: {
    type: 'boolean',
    short: 'v',
    summary: 'times, tokens and reasoning on standard error, also without a terminal',
  },
} as const satisfies OptionTable
