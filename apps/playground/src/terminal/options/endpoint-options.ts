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
