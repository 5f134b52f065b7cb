import * as v from 'valibot'
import { endpointReferenceSchema } from '../../../protocol/run-request.ts'
import { settingsValuesSchema } from '../settings/settings-values.ts'

const linkSchema = v.object({
  version: v.literal(1, 'it was made by another version of the playground.'),
  mode: v.picklist(['chat', 'complete'], 'it names no call.'),
  endpoint: endpointReferenceSchema,
  prompt: v.string('it has no prompt.'),
  settings: settingsValuesSchema,
})

/** A call that can be made again: everything but the conversation before it, and no credential. */
export type LinkedCall = Omit<v.InferOutput<typeof linkSchema>, 'version'>

/** Browsers keep addresses of this length. */
const maxCharacters = 500_000

const marker = '/call='

/** The fragment of an address that loads a call. A browser sends the fragment of an address to no server. */
export function callFragment(call: LinkedCall): string | undefined {
  const fragment = `#${call.mode}${marker}${base64url(JSON.stringify({ version: 1, ...call }))}`
  return fragment.length > maxCharacters ? undefined : fragment
}

export const isCallFragment = (fragment: string): boolean => /^#[a-z]+\/call=/.test(fragment)

/** The call in the fragment of an address, or why there is none. */
export function readCallFragment(fragment: string): { readonly call: LinkedCall } | { readonly problem: string } {
  if (fragment.length > maxCharacters) return { problem: 'The link is too long.' }
  let value: unknown
  try {
    value = JSON.parse(fromBase64url(fragment.slice(fragment.indexOf(marker) + marker.length)))
  } catch {
    return { problem: 'The link is damaged.' }
  }
  const parsed = v.safeParse(linkSchema, value)
  if (!parsed.success) return { problem: `The link cannot be used: ${parsed.issues[0].message}` }
  const { version: _, ...call } = parsed.output
  return { call }
}

function base64url(text: string): string {
  const binary = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('')
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

function fromBase64url(text: string): string {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(binary, (byte) => byte.charCodeAt(0)))
}
