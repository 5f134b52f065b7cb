/**
 * Makes a SageMaker model a model of Genkit: `ai.generate({ model: name, ... })`, with streams, tools, images, reasoning, JSON and
 * cancellation.
 *
 * @param {import('genkit').Genkit} ai
 * @param {import('@x/sagemaker-llm').SagemakerLLM} llm - with `temperature: null` and `maxNewTokens: null`, so that the container decides
 * what a call leaves open
 */
export function defineSagemakerModel(ai, llm, name = `sagemaker/${llm.endpoint.endpointName}`) {
  const supports = { multiturn: true, media: true, tools: true, toolChoice: true, systemRole: true, constrained: 'all' }
  return ai.defineModel({ apiVersion: 'v2', name, supports }, async (request, { sendChunk, abortSignal }) => {
    const { config = {}, tools = [], toolChoice, output } = request
    const parts = llm.streamParts(request.messages.map(messageOf), {
      temperature: config.temperature,
      maxNewTokens: config.maxOutputTokens,
      topP: config.topP,
      topK: config.topK,
      stopSequences: config.stopSequences,
      tools: tools.map(({ name: tool, description, inputSchema }) => ({
        toolSpec: { name: tool, description, inputSchema: { json: inputSchema ?? { type: 'object' } } },
      })),
      toolChoice: toolChoice && { [toolChoice === 'required' ? 'any' : toolChoice]: {} },
      responseFormat: output?.format === 'json' ? { type: 'json', schema: output.schema } : undefined,
      signal: abortSignal,
    })
    const content = []
    for await (const part of parts) {
      const piece = contentOf(part)
      if (piece !== undefined) {
        content.push(piece)
        sendChunk({ content: [piece] })
      }
      if (part.type === 'finish') {
        const { inputTokens, outputTokens, totalTokens } = part.usage ?? {}
        const finishReason = { max_tokens: 'length', content_filtered: 'blocked' }[part.stopReason] ?? 'stop'
        const usage = { inputTokens, outputTokens, totalTokens }
        return { message: { role: 'model', content }, finishReason, finishMessage: part.rawStopReason, usage }
      }
    }
  })
}

function contentOf(part) {
  if (part.type === 'text-delta') return { text: part.text }
  if (part.type === 'reasoning-delta') return { reasoning: part.text }
  if (part.type !== 'tool-call-end') return undefined
  if (part.malformed) throw new Error(`The arguments of ${part.name} are not JSON.`)
  return { toolRequest: { ref: part.id, name: part.name, input: part.input } }
}

function messageOf({ role, content }) {
  const blocks = content.map(({ text, media, reasoning, toolRequest, toolResponse }) => {
    if (text !== undefined) return { text }
    if (reasoning !== undefined) return { reasoningContent: { reasoningText: { text: reasoning } } }
    if (media) return { image: { source: { url: media.url } } }
    if (toolRequest) {
      return { toolUse: { toolUseId: toolRequest.ref, name: toolRequest.name, input: toolRequest.input } }
    }
    return { toolResult: { toolUseId: toolResponse.ref, content: [{ json: toolResponse.output }] } }
  })
  return { role: { model: 'assistant', system: 'system' }[role] ?? 'user', content: blocks }
}
