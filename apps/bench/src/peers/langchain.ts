import { BaseSageMakerContentHandler, SageMakerEndpoint } from '@langchain/community/llms/sagemaker_endpoint'
import { connection } from '../workloads/connection.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** Written as its documentation does it, for TGI. It takes each part for whole events, which is true of the server here. */
class TgiContentHandler extends BaseSageMakerContentHandler<string, string> {
  override contentType = 'application/json'
  override accepts = 'application/json'

  async transformInput(prompt: string, parameters: Record<string, unknown>): Promise<Uint8Array> {
    return encoder.encode(JSON.stringify({ inputs: prompt, parameters }))
  }

  async transformOutput(output: Uint8Array): Promise<string> {
    const text = decoder.decode(output)
    if (!text.startsWith('data:')) return (JSON.parse(text) as [{ generated_text: string }])[0].generated_text
    return (JSON.parse(text.slice('data:'.length)) as { token: { text: string } }).token.text
  }
}

/** The class of LangChain for language models on SageMaker. */
export function langchainModel(url: string, endpointName: string): SageMakerEndpoint {
  const requestHandler = { httpAgent: { maxSockets: Number.POSITIVE_INFINITY } }
  return new SageMakerEndpoint({
    endpointName,
    contentHandler: new TgiContentHandler(),
    clientOptions: { ...connection, endpoint: url, requestHandler },
    modelKwargs: { max_new_tokens: 64 },
  })
}
