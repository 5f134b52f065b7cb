import { SagemakerEmbedding } from '@x/sagemaker-embed'
import { embeddingEndpoint } from './embedding-endpoint.ts'
import type { EmbeddingEvent } from '../../protocol/embedding-event.ts'
import type { EmbeddingRequest, PauseRequest } from '../../protocol/embedding-request.ts'
import { encodeVector } from '../../protocol/shown-vector.ts'
import type { EndpointPool } from '../endpoint-pool.ts'
import { errorEvent, toSagemakerError } from '../error-event.ts'
import { EventChannel } from '../event-channel.ts'
import { Gate } from './gate.ts'
import { sparseVectors } from './sparse-vectors.ts'

/** The runs that embed texts at this moment. */
export class EmbeddingRuns {
  readonly #pool: EndpointPool
  readonly #gates = new Map<string, Gate>()

  constructor(pool: EndpointPool) {
    this.#pool = pool
  }

  /** Embeds texts and reports each, as fast as the reports are read. Aborting ends the run down to the container. */
  start(request: EmbeddingRequest, signal: AbortSignal): EventChannel<EmbeddingEvent> {
    const channel = new EventChannel<EmbeddingEvent>()
    const gate = new Gate()
    const startedAt = performance.now()
    const now = (): number => performance.now() - startedAt
    this.#gates.set(request.id, gate)
    // A run that ends while it is paused must not wait for the gate forever.
    signal.addEventListener('abort', () => gate.open(), { once: true })
    this.#embed(request, gate, channel, signal)
      .then(
        () => channel.write({ type: 'end', at: now() }),
        (error: unknown) => channel.write(errorEvent(toSagemakerError(error), now())),
      )
      .finally(() => {
        this.#gates.delete(request.id)
        channel.close()
      })
    return channel
  }

  /**
   * Holds a run before its next batch, or lets it go on: what is in flight still arrives, and no request follows.
   *
   * @returns whether there is such a run.
   */
  pause({ id, paused }: PauseRequest): boolean {
    const gate = this.#gates.get(id)
    if (paused) gate?.close()
    else gate?.open()
    return gate !== undefined
  }

  async #embed(
    { endpoint, texts, form, batchSize, concurrency }: EmbeddingRequest,
    gate: Gate,
    channel: EventChannel<EmbeddingEvent>,
    signal: AbortSignal,
  ): Promise<void> {
    const embedding = new SagemakerEmbedding({
      ...(await embeddingEndpoint(this.#pool, endpoint)),
      embedBatchSize: batchSize,
      concurrency,
    })
    const results =
      form === 'sparse'
        ? sparseVectors(embedding, through(gate, texts), { atATime: batchSize * concurrency, signal })
        : embedding.embedStream(through(gate, texts), { dtype: form, onError: 'skip', signal })
    for await (const { index, embedding: vector, error } of results) {
      if (vector !== undefined) channel.write({ type: 'vector', index, vector: encodeVector(vector) })
      else {
        const { code, message } = toSagemakerError(error)
        channel.write({ type: 'refused', index, code, message })
      }
      await channel.drained()
    }
  }
}

async function* through(gate: Gate, texts: readonly string[]): AsyncGenerator<string> {
  for (const text of texts) {
    if (gate.isClosed) await gate.passed()
    yield text
  }
}
