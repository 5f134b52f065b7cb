import { SagemakerEmbedding } from '@x/sagemaker-embed'
import { embeddingEndpoint } from './embedding-endpoint.ts'
import type { MeasureEvent } from '../../protocol/embedding-event.ts'
import type { MeasureRequest } from '../../protocol/embedding-request.ts'
import type { EndpointPool } from '../endpoint-pool.ts'
import { errorEvent, toSagemakerError } from '../error-event.ts'
import { EventChannel } from '../event-channel.ts'

/** Embeds the same texts with each setting and reports how long that took; the vectors stay here. */
export function measureThroughput(
  pool: EndpointPool,
  request: MeasureRequest,
  signal: AbortSignal,
): EventChannel<MeasureEvent> {
  const channel = new EventChannel<MeasureEvent>()
  const startedAt = performance.now()
  const now = (): number => performance.now() - startedAt
  measure(pool, request, channel, signal)
    .then(
      () => channel.write({ type: 'end', at: now() }),
      (error: unknown) => channel.write(errorEvent(toSagemakerError(error), now())),
    )
    .finally(() => channel.close())
  return channel
}

async function measure(
  pool: EndpointPool,
  { endpoint, texts, settings }: MeasureRequest,
  channel: EventChannel<MeasureEvent>,
  signal: AbortSignal,
): Promise<void> {
  // The first request opens connections, which no setting should have to pay for.
  await new SagemakerEmbedding(await embeddingEndpoint(pool, endpoint)).getTextEmbedding(texts[0] ?? '', { signal })
  for (const { batchSize, concurrency } of settings) {
    const embedding = new SagemakerEmbedding({
      ...(await embeddingEndpoint(pool, endpoint)),
      embedBatchSize: batchSize,
      concurrency,
    })
    const startedAt = performance.now()
    // A text that is refused is no reason to stop measuring.
    for await (const _ of embedding.embedStream(texts, { onError: 'skip', signal }));
    const durationMs = performance.now() - startedAt
    channel.write({ type: 'measured', batchSize, concurrency, texts: texts.length, durationMs })
  }
}
