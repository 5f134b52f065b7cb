import { createOpenAICompatible, type OpenAICompatibleProvider } from '@ai-sdk/openai-compatible'

/** The model of an endpoint as programs have it that use its OpenAI-compatible path. The server checks no tokens. */
export function openaiCompatibleModel(
  url: string,
  endpointName: string,
): ReturnType<OpenAICompatibleProvider['chatModel']> {
  const baseURL = `${url}/endpoints/${endpointName}/openai/v1`
  return createOpenAICompatible({ name: 'sagemaker', baseURL, apiKey: 'none', includeUsage: true }).chatModel(
    endpointName,
  )
}
