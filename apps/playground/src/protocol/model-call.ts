import type { ChatMessage, ContentBlock } from '@x/bedrock-like-types'
import type { RunMessage, RunRequest, RunTool, RunToolChoice } from './run-request.ts'

/** What the model is asked: a prompt, or messages. */
export function modelInput(request: RunRequest): string | readonly ChatMessage[] {
  if (request.mode === 'complete') return request.prompt
  const messages = request.messages.map(chatMessage)
  return request.systemPrompt === undefined
    ? messages
    : [{ role: 'system', content: request.systemPrompt }, ...messages]
}

/** How the model is asked. A parameter that was left empty is left to the container, save for those that we always send. */
export function modelOptions(request: RunRequest) {
  const { modelName, additionalParameters } = request.endpoint
  const options = {
    ...(modelName !== undefined && { modelName }),
    ...request.parameters,
    ...(additionalParameters !== undefined && { additionalParameters }),
  }
  if (request.mode === 'complete') return options
  const { tools, toolChoice, answerSchema, splitReasoning = false } = request
  return {
    ...options,
    reasoning: splitReasoning ? ('split' as const) : ('as-sent' as const),
    ...(tools !== undefined && tools.length > 0 && { tools: tools.map(tool) }),
    ...(toolChoice !== undefined && { toolChoice: converseToolChoice(toolChoice) }),
    ...(answerSchema !== undefined && { responseFormat: { type: 'json' as const, schema: answerSchema as never } }),
  }
}

const converseToolChoice = (choice: RunToolChoice) => {
  if (choice === 'auto') return { auto: {} }
  if (choice === 'required') return { any: {} }
  return choice === 'none' ? { none: {} } : { tool: { name: choice.name } }
}

function chatMessage(message: RunMessage): ChatMessage {
  if (message.role === 'user') {
    const { role, content, images = [] } = message
    const blocks = images.map(({ format, data }): ContentBlock => ({
      image: { format, source: { bytes: bytesOf(data) } },
    }))
    return images.length === 0 ? { role, content } : { role, content: [...blocks, { text: content }] }
  }
  if (message.role === 'assistant' && message.toolCalls !== undefined) {
    const text: ContentBlock[] = message.content === '' ? [] : [{ text: message.content }]
    const calls = message.toolCalls.map(({ id, name, input }): ContentBlock => ({
      toolUse: { toolUseId: id, name, input: input as never },
    }))
    return { role: 'assistant', content: [...text, ...calls] }
  }
  return message
}

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0))

const tool = ({ name, description, inputSchema }: RunTool) => ({
  toolSpec: { name, description, inputSchema: { json: inputSchema as never } },
})
