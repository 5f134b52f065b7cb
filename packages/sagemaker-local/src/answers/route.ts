/** Operation of SageMaker Runtime. */
export type Operation = 'invoke' | 'stream' | 'async' | 'openai'

/** Operation and endpoint of a request, parsed from its path. */
export interface Route {
  readonly operation: Operation
  readonly endpointName: string
  /** Inference component; only the OpenAI path can name it. */
  readonly inferenceComponentName?: string | undefined
}

const invocationPath = /^\/endpoints\/([^/]*)\/(invocations|invocations-response-stream|async-invocations)$/
const operations: Readonly<Record<string, Operation>> = {
  invocations: 'invoke',
  'invocations-response-stream': 'stream',
  'async-invocations': 'async',
}
const openaiPath = /^\/endpoints\/([^/]+)(?:\/inference-components\/([^/]+))?\/openai\/v1\/chat\/completions$/

/** Parses the path, without query string, of a POST request. Returns undefined for the path of no operation. */
export function parseRoute(path: string): Route | undefined {
  const invocation = invocationPath.exec(path)
  if (invocation) {
    const [, name = '', action = ''] = invocation
    const endpointName = decodeSegment(name)
    const operation = operations[action]
    return endpointName === undefined || operation === undefined ? undefined : { operation, endpointName }
  }
  const openAi = openaiPath.exec(path)
  if (!openAi) return undefined
  const endpointName = decodeSegment(openAi[1] ?? '')
  const inferenceComponentName = openAi[2] === undefined ? undefined : decodeSegment(openAi[2])
  return endpointName === undefined ? undefined : { operation: 'openai', endpointName, inferenceComponentName }
}

function decodeSegment(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment)
  } catch {
    return undefined
  }
}
