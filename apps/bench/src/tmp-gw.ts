import { createGateway, serve } from '@x/sagemaker-gateway'
import { connection, prompt } from './workloads/connection.ts'
import { startRuntimeServer } from './workloads/start-runtime-server.ts'
import { startClients, startServer } from './workloads/gateway-process.ts'
const runtime = await startRuntimeServer()
const endpointName = process.argv[2] ?? 'chat-2-0'
const streams = Number(process.argv[3] ?? 1), times = Number(process.argv[4] ?? 100)
const model = { ...connection, endpointName, endpoint: runtime, contentHandler: 'openai' }
const own = await serve(createGateway({ models: { [endpointName]: model } }), { port: 0 })
const pipe = await startServer('pipe', runtime, endpointName)
const run = await startClients()
const body = JSON.stringify({ model: endpointName, messages: [{ role: 'user', content: prompt }], stream: true })
for (let i = 0; i < Number(process.argv[5] ?? 6); i++) {
  const t = process.cpuUsage()
  const a = await run({ url: `${own.url}/v1/chat/completions`, headers: {}, body, streams, times })
  const e = process.cpuUsage(t)
  const p0 = await pipe.cpuMicroseconds()
  const b = await run({ url: `${pipe.url}/v1/chat/completions`, headers: {}, body, streams, times })
  const p1 = await pipe.cpuMicroseconds()
  console.log('gateway first', a.firstMs.toFixed(2), 'cpu/token us', ((e.user + e.system) / a.tokens).toFixed(1), 'pipe first', b.firstMs.toFixed(2), 'cpu/token', ((p1 - p0) / b.tokens).toFixed(1))
}
process.exit()
