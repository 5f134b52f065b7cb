import { fileStore, type ModelCodec, openJob, realtimeEngine, SagemakerError, startJob } from '@x/sagemaker-jobs'

const codec: ModelCodec<string, number> = {
  name: 'first-number',
  request: async (text) => ({
    body: new TextEncoder().encode(JSON.stringify({ inputs: [text] })),
    contentType: 'application/json',
    accept: 'application/json',
    warnings: [],
  }),
  response: async (body) => (JSON.parse(new TextDecoder().decode(body)) as number[][])[0]?.[0] ?? 0,
}
const store = fileStore(`./job-${Date.now()}-${Math.random()}`)
const engine = realtimeEngine({ endpoint: { endpointName: 'my-bge', region: 'us-east-1' } })
const job = await startJob({ rows: [{ input: 'a' }, { input: 'b' }], codec, engine, store })
const { state, done } = await job.wait()
console.log(state, done)

const stored = await openJob<number>(store)
const results: string[] = []
for await (const { index, output, error } of stored.results({ ordered: true })) {
  if (SagemakerError.is(error)) throw error
  results.push(`${index} ${typeof output}`)
}
console.log(results.join())
