import type { EndpointReference } from './run-request.ts'

/** What a model does. */
export const endpointKinds = ['text', 'embedding', 'rerank', 'classification'] as const

export type EndpointKind = (typeof endpointKinds)[number]

/** An endpoint that the page offers without its name being typed in. */
export interface EndpointDescription extends EndpointReference {
  readonly kind: EndpointKind
  /**
   * Whether the model continues a prompt.
   *
   * @defaultValue true
   */
  readonly completes?: boolean | undefined
  /** One line: what answers behind this name. */
  readonly summary: string
}

/** The reference in a description. */
export function referenceOf({
  kind: _kind,
  completes: _completes,
  summary: _summary,
  ...reference
}: EndpointDescription): EndpointReference {
  return Object.fromEntries(
    Object.entries(reference).filter(([, value]) => value !== undefined),
  ) as unknown as EndpointReference
}

/** A number of a fault that the page offers to change. */
export interface FaultField {
  readonly key: string
  readonly label: string
  readonly min: number
  readonly max: number
  readonly initial: number
}

/** A way for an endpoint of the local runtime to misbehave. */
export interface FaultDescription {
  readonly id: string
  /** Faults of one group stand together. */
  readonly group: string
  readonly title: string
  /** What goes wrong, and where such a thing comes from in production. */
  readonly summary: string
  /** What a correct client makes of it: `answer`, when the answer is complete all the same, or the code of its error. */
  readonly expected: string
  readonly fields: readonly FaultField[]
}

/** What the page learns when it opens. No credential is part of it. */
export interface Setup {
  readonly runtimeUrl: string | undefined
  readonly region: string | undefined
  readonly profile: string | undefined
  readonly endpoints: readonly EndpointDescription[]
  readonly faults: readonly FaultDescription[]
}
