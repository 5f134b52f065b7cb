import {
  json,
  scripted,
  startLocalRuntime,
  type LocalAnswer,
  type LocalRuntime,
  type ReceivedRequest,
} from '@x/sagemaker-local'
import { SagemakerEmbedding, type SagemakerEmbeddingOptions } from '../index.ts'
import { vectorOf } from './vector-of.ts'

/** What the endpoint does with the texts of a request; `undefined`: it answers with their vectors. */
export type Script = (
  texts: readonly string[],
  request: ReceivedRequest,
) => LocalAnswer | undefined | Promise<LocalAnswer | undefined>

/** A TEI-like endpoint on a real socket, which follows a script. */
export interface ScriptedModel extends AsyncDisposable {
  readonly runtime: LocalRuntime
  /** Replaces the script. */
  script: Script
  /** The texts of every request so far. */
  readonly sent: (readonly string[])[]
  embedding(options?: Partial<SagemakerEmbeddingOptions>): SagemakerEmbedding
}

export async function scriptedModel(script: Script = () => undefined): Promise<ScriptedModel> {
  const endpoint = scripted(async (request) => {
    const { inputs } = request.json() as { readonly inputs: readonly string[] }
    model.sent.push(inputs)
    return (await model.script(inputs, request)) ?? json(inputs.map((text) => vectorOf(text)))
  })
  const runtime = await startLocalRuntime({ endpoints: { model: endpoint } })
  const model: ScriptedModel = {
    runtime,
    script,
    sent: [],
    embedding: (options = {}) =>
      new SagemakerEmbedding({
        endpointName: 'model',
        region: 'us-east-1',
        credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
        endpoint: runtime.url,
        retry: { baseDelayMs: 1 },
        ...options,
      } as SagemakerEmbeddingOptions),
    [Symbol.asyncDispose]: () => runtime.close(),
  }
  return model
}

/** The vector that the scripted model gives a text. */
export function expectedVector(text: string): Float32Array {
  return Float32Array.from(vectorOf(text))
}
