import * as v from 'valibot'
import { endpointReferenceSchema } from '../../protocol/run-request.ts'
import { endpointKinds, type EndpointDescription } from '../../protocol/setup.ts'
import { endpointKey } from '../shell/endpoint-key.ts'

const storageKey = 'playground.connected.1'
const maxKept = 20

const connectedSchema = v.object({
  reference: endpointReferenceSchema,
  kind: v.picklist(endpointKinds),
  /** The server behind the proxy that this page's server starts. */
  proxied: v.optional(v.object({ url: v.string(), protocol: v.picklist(['openai', 'container']) })),
})

/** An endpoint that was connected to. */
export type Connected = v.InferOutput<typeof connectedSchema>

/** Endpoints that were connected to, latest first. Kept in this browser, without any credential. */
export class ConnectedEndpoints {
  kept: readonly Connected[] = $state.raw(readKept())

  keep(connected: Connected): void {
    const key = endpointKey(connected.reference)
    const others = this.kept.filter(({ reference }) => endpointKey(reference) !== key)
    this.#store([connected, ...others].slice(0, maxKept))
  }

  forget(connected: Connected): void {
    this.#store(this.kept.filter((one) => one !== connected))
  }

  of(kind: EndpointDescription['kind']): readonly EndpointDescription[] {
    return this.kept.filter((one) => one.kind === kind).map(({ reference }) => ({ ...reference, kind, summary: '' }))
  }

  #store(kept: readonly Connected[]): void {
    this.kept = kept
    try {
      localStorage.setItem(storageKey, JSON.stringify(kept))
    } catch {
      // A browser that keeps nothing still has a working page.
    }
  }
}

function readKept(): readonly Connected[] {
  try {
    const parsed = v.safeParse(v.array(connectedSchema), JSON.parse(localStorage.getItem(storageKey) ?? '[]'))
    // A proxy ends with the server that started it: its address is of no use in another run.
    return parsed.success ? parsed.output.filter(({ proxied }) => proxied === undefined) : []
  } catch {
    return []
  }
}
