import * as v from 'valibot'
import type { DoctorReport, FoundComponent, FoundEndpoint, FoundEndpointEvent, Places } from '../../protocol/connect.ts'
import type { RunEventOf } from '../../protocol/run-event.ts'
import { endpointReferenceSchema, type EndpointReference } from '../../protocol/run-request.ts'
import { endpointKinds, type EndpointKind } from '../../protocol/setup.ts'
import { post, requestEvents, RunRefusedError } from '../call/request-events.ts'

export type PlaceKind = 'aws' | 'runtime' | 'openai' | 'container'

/** The form as it is filled in: where endpoints are, and how the chosen one is called. Empty means the default. */
export class Connection {
  place: PlaceKind = $state('aws')
  profile: string = $state('')
  region: string = $state('')
  url: string = $state('http://127.0.0.1:8080')

  name: string = $state('')
  kind: EndpointKind = $state('text')
  handler: string = $state('')
  component: string = $state('')
  variant: string = $state('')
  customAttributes: string = $state('')
  modelName: string = $state('')
  sessionId: string = $state('')
  /** JSON text. */
  parameters: string = $state('')

  places: Places | undefined = $state.raw()
  found: readonly FoundEndpoint[] = $state.raw([])
  listing: boolean = $state(false)
  listed: boolean = $state(false)
  listError: RunEventOf<'error'> | undefined = $state.raw()

  examining: boolean = $state(false)
  report: DoctorReport | undefined = $state.raw()
  reportError: string | undefined = $state()

  #abort = new AbortController()

  readonly chosen: FoundEndpoint | undefined = $derived(this.found.find(({ name }) => name === this.name))
  readonly parameterProblem: string | undefined = $derived(problemOfParameters(this.parameters))

  async loadPlaces(): Promise<void> {
    this.places ??= (await (await fetch('/api/connect/places')).json()) as Places
  }

  /** Lists the endpoints of the chosen place. */
  async list(): Promise<void> {
    this.#abort.abort()
    this.#abort = new AbortController()
    const { signal } = this.#abort
    Object.assign(this, { found: [], listError: undefined, listing: true, listed: false })
    const place =
      this.place === 'aws' ? withoutEmpty({ region: this.region, profile: this.profile }) : { url: this.url.trim() }
    try {
      for await (const events of requestEvents<FoundEndpointEvent>('/api/connect/endpoints', place, signal))
        this.#add(events)
    } catch (error) {
      if (signal.aborted) return
      const message = error instanceof Error ? error.message : String(error)
      this.listError = { type: 'error', at: 0, code: 'page', message, retryable: true, advice: '' }
    }
    Object.assign(this, { listing: false, listed: true })
  }

  /** Fills the form with what discovery says of an endpoint, or of one of its components. */
  choose({ name, details }: FoundEndpoint, component?: FoundComponent): void {
    const { handler = 'auto', kind = 'unknown' } = component ?? details ?? {}
    Object.assign(this, {
      name,
      kind: endpointKinds.find((known) => known === kind) ?? 'text',
      handler: handler === 'auto' ? '' : handler,
      component: component?.name ?? '',
      variant: '',
      modelName: details?.modelName ?? '',
      report: undefined,
      reportError: undefined,
    })
  }

  /**
   * The endpoint that the form describes. For a server that is no SageMaker Runtime, the playground's server starts a proxy.
   *
   * @throws {RunRefusedError}
   */
  async reference(): Promise<EndpointReference> {
    const { customAttributes, handler, component, modelName, sessionId, variant } = this
    const parameters =
      this.parameters.trim() === '' ? undefined : (JSON.parse(this.parameters) as Record<string, unknown>)
    const reference = {
      ...(await this.#target()),
      ...withoutEmpty({
        handler,
        inferenceComponentName: component,
        targetVariant: variant,
        customAttributes,
        modelName,
        sessionId,
      }),
      ...(parameters !== undefined && { additionalParameters: parameters }),
    }
    const parsed = v.safeParse(endpointReferenceSchema, reference)
    if (!parsed.success) throw new RunRefusedError(parsed.issues[0].message)
    return parsed.output
  }

  /** Asks doctor what runs in the endpoint; that makes one short call. */
  async examine(): Promise<void> {
    Object.assign(this, { examining: true, report: undefined, reportError: undefined })
    try {
      const endpoint = await this.reference()
      const response = await post('/api/connect/doctor', { endpoint }, new AbortController().signal)
      const answer = (await response.json()) as DoctorReport | { readonly error: RunEventOf<'error'> }
      if ('error' in answer) this.reportError = `${answer.error.message} ${answer.error.advice}`
      else this.report = answer
    } catch (error) {
      this.reportError = error instanceof Error ? error.message : String(error)
    }
    this.examining = false
  }

  async #target(): Promise<EndpointReference> {
    const { place } = this
    const name = this.name.trim()
    if (place === 'aws') return { source: 'aws', name, ...withoutEmpty({ region: this.region, profile: this.profile }) }
    const url = this.url.trim()
    if (place === 'runtime') return { source: 'url', name, url }
    const response = await post('/api/connect/proxy', { url, protocol: place }, new AbortController().signal)
    const proxy = (await response.json()) as EndpointReference
    return place === 'openai' && this.handler === '' ? { ...proxy, handler: 'openai' } : proxy
  }

  #add(events: readonly FoundEndpointEvent[]): void {
    const found = new Map(this.found.map((endpoint) => [endpoint.name, endpoint]))
    for (const event of events) {
      if (event.type === 'endpoint') found.set(event.name, event)
      if (event.type === 'error') this.listError = event
    }
    this.found = [...found.values()]
  }
}

function problemOfParameters(text: string): string | undefined {
  if (text.trim() === '') return undefined
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? undefined
      : 'This must be a JSON object.'
  } catch {
    return 'This is not JSON.'
  }
}

function withoutEmpty(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value.trim() === '' ? [] : [[name, value.trim()]])),
  )
}
