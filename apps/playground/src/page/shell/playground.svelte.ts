import { SvelteMap } from 'svelte/reactivity'
import { ObservedCalls } from '../calls/observed-calls.svelte.ts'
import type { Recording } from '../call/recording.svelte.ts'
import { Connection } from '../connect/connection.svelte.ts'
import { ConnectedEndpoints } from '../connect/connected-endpoints.svelte.ts'
import type { EndpointDescription, EndpointKind, Setup } from '../../protocol/setup.ts'
import type { View, ViewLocation } from './view-location.svelte.ts'

/** What all views share: what the server offers, and the call whose wire is looked at. */
export class Playground {
  readonly setup: Setup
  /** Endpoints that this browser connected to, latest first. */
  readonly connection: Connection = new Connection()
  readonly connected: ConnectedEndpoints = new ConnectedEndpoints()
  /** Calls of other programs, of captures and of this page. */
  readonly calls: ObservedCalls = new ObservedCalls()
  /** The call in the wire inspector of each view. */
  readonly #inspected = new SvelteMap<View, Recording>()
  readonly #location: ViewLocation
  wireOpen: boolean = $state(false)

  constructor(setup: Setup, location: ViewLocation) {
    this.setup = setup
    this.#location = location
  }

  /** The call in the wire inspector of the view that is shown. */
  get inspected(): Recording | undefined {
    return this.#inspected.get(this.#location.view)
  }

  /** Shows a call in the wire inspector of a view, when that view and its inspector are open. */
  inspect(view: View, recording: Recording | undefined): void {
    if (recording !== undefined) this.#inspected.set(view, recording)
  }

  get textEndpoints(): readonly EndpointDescription[] {
    return this.endpointsOf('text')
  }

  /** Endpoints that continue a prompt. */
  get completingEndpoints(): readonly EndpointDescription[] {
    return this.textEndpoints.filter(({ completes }) => completes !== false)
  }

  /** Endpoints whose model does this. */
  endpointsOf(wanted: EndpointKind): readonly EndpointDescription[] {
    return [...this.setup.endpoints.filter(({ kind }) => kind === wanted), ...this.connected.of(wanted)]
  }

  /** Shows a call's wire beside it, unless the screen is too small for both, or another view is shown. */
  follow(view: View, recording: Recording): void {
    this.inspect(view, recording)
    if (hasRoomForWire() && this.#location.view === view) this.wireOpen = true
  }

  /** Another view was chosen: where the wire covers it, the wire gives way. */
  showView(): void {
    if (!hasRoomForWire()) this.wireOpen = false
  }

  /** Shows a call's wire; a second time, hides it. */
  toggleInspect(recording: Recording): void {
    this.wireOpen = !(this.wireOpen && this.inspected === recording)
    this.inspect(this.#location.view, recording)
  }
}

/** The style sheets draw the same line. */
const hasRoomForWire = (): boolean => matchMedia('(width >= 48rem)').matches
