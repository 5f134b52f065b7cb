import type { OptionTable } from './option-table.ts'

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
} as const satisfies OptionTable
