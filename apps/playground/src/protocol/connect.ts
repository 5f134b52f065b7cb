import * as v from 'valibot'
import type { RunEventOf } from './run-event.ts'
import { endpointReferenceSchema, serverUrlSchema } from './run-request.ts'

/** A profile of the AWS CLI. */
export interface AwsProfile {
  readonly name: string
  readonly region?: string | undefined
}

/** Where endpoints can be. */
export interface Places {
  readonly profiles: readonly AwsProfile[]
  /** Region and profile of the environment. */
  readonly region: string | undefined
  readonly profile: string | undefined
}

/** A component of an endpoint. */
export interface FoundComponent {
  readonly name: string
  readonly status: string
  readonly runs: string
  readonly handler: string
  readonly kind: string
}

/** An endpoint of an account, and how to call it. */
export interface FoundEndpoint {
  readonly name: string
  readonly status: string
  readonly account?: string | undefined
  readonly region?: string | undefined
  /** `undefined` where only the list may be read. */
  readonly details?:
    | {
        readonly kind: string
        /** Container, version and model, in words. */
        readonly runs: string
        readonly handler: string
        readonly call: string
        readonly why: string
        readonly variants: readonly string[]
        readonly components: readonly FoundComponent[]
        readonly modelName?: string | undefined
        readonly isAsynchronous: boolean
      }
    | undefined
  /** Why there are no details. */
  readonly problem?: string | undefined
}

export type FoundEndpointEvent =
  | ({ readonly type: 'endpoint' } & FoundEndpoint)
  | { readonly type: 'end' }
  | RunEventOf<'error'>

/** Lists the endpoints of an account in a Region, or of a local runtime. */
export const listRequestSchema = v.strictObject({
  region: endpointReferenceSchema.entries.region,
  profile: endpointReferenceSchema.entries.profile,
  url: v.optional(serverUrlSchema),
})

/** Connects to a server that is no SageMaker Runtime: its calls go through a local runtime that forwards them. */
export const proxyRequestSchema = v.strictObject({
  url: serverUrlSchema,
  protocol: v.picklist(['openai', 'container']),
})

export const doctorRequestSchema = v.strictObject({ endpoint: endpointReferenceSchema })

export type ListRequest = v.InferOutput<typeof listRequestSchema>
export type ProxyRequest = v.InferOutput<typeof proxyRequestSchema>
export type DoctorRequest = v.InferOutput<typeof doctorRequestSchema>

/** What doctor found out. */
export interface DoctorReport {
  readonly rows: readonly (readonly [label: string, sentence: string])[]
  /** TypeScript programs that make the suggested call. */
  readonly code: readonly string[]
  readonly commandLines: readonly string[]
  readonly suggestion?: { readonly handler: string; readonly kind: string; readonly call: string } | undefined
}
