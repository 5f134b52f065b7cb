import type { Recording } from '../call/recording.svelte.ts'
import type { EndpointReference } from '../../protocol/run-request.ts'
import type { EndpointDescription, Setup } from '../../protocol/setup.ts'

/** What all views share: what the server offers, and the call whose wire is looked at. */
export class Playground {
  readonly setup: Setup
  /** Endpoints typed in on this page. */
  typedIn: EndpointReference[] = $state([])
  /** The call in the wire inspector. */
  inspected: Recording | undefined = $state.raw()
  wireOpen: boolean = $state(false)

  constructor(setup: Setup) {
    this.setup = setup
  }

  get textEndpoints(): readonly EndpointDescription[] {
    return this.setup.endpoints.filter(({ kind }) => kind === 'text')
  }

  get embeddingEndpoints(): readonly EndpointDescription[] {
    return this.setup.endpoints.filter(({ kind }) => kind === 'embedding')
  }

  /** Shows a call's wire beside it, unless the screen is too small for both. */
  follow(recording: Recording): void {
    this.inspected = recording
    if (hasRoomForWire()) this.wireOpen = true
  }

  /** Another view was chosen: where the wire covers it, the wire gives way. */
  showView(): void {
    if (!hasRoomForWire()) this.wireOpen = false
  }

  /** Shows a call's wire; a second time, hides it. */
  toggleInspect(recording: Recording): void {
    this.wireOpen = !(this.wireOpen && this.inspected === recording)
    this.inspected = recording
  }
}

/** The style sheets draw the same line. */
const hasRoomForWire = (): boolean => matchMedia('(width >= 48rem)').matches

/** One string per endpoint, for the value of an option. */
export const endpointKey = ({ source, name, region, profile }: EndpointReference): string =>
  [source, region ?? '', profile ?? '', name].join('/')

export const endpointLabel = ({ name, region, profile }: EndpointReference): string =>
  [name, region, profile].filter((part) => part !== undefined).join(' · ')
