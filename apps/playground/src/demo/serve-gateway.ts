import { createGateway, serve, type GatewayModel, type GatewayServer } from '@x/sagemaker-gateway'
import { demoDescriptions } from './demo-endpoints.ts'

const defaultPort = 8000

/** Serves the demo models to programs that speak OpenAI's API, on port 8000 or, if it is taken, on a free one. */
export async function serveGateway(runtimeUrl: string): Promise<GatewayServer> {
  // OpenAI's API has no path for a classifier.
  const served = demoDescriptions.filter(({ kind }) => kind !== 'classification')
  const gateway = createGateway({ models: Object.fromEntries(served.map((demo) => [demo.name, modelOf(demo)])) })
  return serve(gateway, { port: defaultPort }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    return serve(gateway, { port: 0 })
  })

  function modelOf({ name, kind }: (typeof demoDescriptions)[number]): GatewayModel {
    const endpoint = { endpointName: name, endpoint: runtimeUrl }
    return kind === 'embedding' || kind === 'rerank' ? { ...endpoint, kind } : endpoint
  }
}

/** A command that sends a chat to a gateway. */
export function curlCommand(gatewayUrl: string, model: string): string {
  const body = { model, messages: [{ role: 'user', content: 'The sea' }], max_tokens: 20 }
  return `curl ${gatewayUrl}/v1/chat/completions -H 'content-type: application/json' -d '${JSON.stringify(body)}'`
}
