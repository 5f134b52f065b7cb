import type { RunMessage, RunRequest, RunTool } from '../protocol/run-request.ts'
import type { CodeSample } from './code-sample.ts'
import { connectionNote, connectionOptions } from './connection-options.ts'
import type { RecordedCall } from './recorded-call.ts'
import { typescriptLiteral } from './typescript-literal.ts'

type Chat = Extract<RunRequest, { readonly mode: 'chat' }>

/** The call with the AI SDK. It has chats only: a completion has no such code. */
export function aiSdkCode(call: RecordedCall): CodeSample | undefined {
  const { request, profile } = call
  if (request.mode !== 'chat') return undefined
  const connection = {
    ...connectionOptions(call),
    clientOptions: profile === undefined ? undefined : { profile },
  }
  const tools = request.tools ?? []
  const generate = request.stream ? 'streamText' : 'generateText'
  const { answerSchema } = request
  const imported = [
    generate,
    ...(tools.length > 0 || answerSchema !== undefined ? ['jsonSchema'] : []),
    ...(tools.length > 0 ? ['tool'] : []),
    ...(answerSchema === undefined ? [] : ['Output']),
  ].sort()
  const before = 'const sagemaker = createSagemaker()'.length
  const code = [
    `import { createSagemaker } from '@x/sagemaker-ai-sdk'`,
    `import { ${imported.join(', ')} } from 'ai'`,
    '',
    `const sagemaker = createSagemaker(${typescriptLiteral(connection, '', before)})`,
    '',
    `const result = ${request.stream ? '' : 'await '}${generate}({`,
    `  model: sagemaker(${typescriptLiteral(request.endpoint.name)}),`,
    ...members({ instructions: request.systemPrompt, messages: modelMessages(request.messages), ...settings(request) }),
    ...(answerSchema === undefined
      ? []
      : [`  output: Output.object({ schema: jsonSchema(${typescriptLiteral(answerSchema, '  ', 48)}) }),`]),
    ...(tools.length > 0 ? ['  tools: {', ...tools.map(toolMember), '  },'] : []),
    '})',
    ...(request.stream
      ? ['for await (const text of result.textStream) process.stdout.write(text)', 'console.log()']
      : []),
    ...(request.stream ? [] : ['console.log(result.text)']),
    ...(request.splitReasoning === true
      ? [`console.error(${request.stream ? 'await ' : ''}result.reasoningText)`]
      : []),
    ...(tools.length > 0 ? [`console.error(${request.stream ? 'await ' : ''}result.toolCalls)`] : []),
    '',
  ].join('\n')
  return {
    id: 'ai-sdk',
    title: 'AI SDK',
    language: 'typescript',
    code,
    notes: [
      'Install @x/sagemaker-ai-sdk, ai (version 7), @aws-sdk/client-sagemaker-runtime and rxjs.',
      connectionNote(call),
      'Only abortSignal stops the model: leaving the loop does not.',
      'A temperature or number of tokens that is not given is left to the container.',
    ],
  }
}

function settings({ parameters: { maxNewTokens, ...parameters }, toolChoice }: Chat): object {
  const choice = typeof toolChoice === 'object' ? { type: 'tool', toolName: toolChoice.name } : toolChoice
  return { ...parameters, maxOutputTokens: maxNewTokens, toolChoice: choice }
}

function members(values: object): string[] {
  return Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [`  ${name}: ${typescriptLiteral(value, '  ', name.length + 2)},`],
  )
}

function toolMember({ name, description, inputSchema }: RunTool): string {
  const schema = typescriptLiteral(inputSchema, '      ', 'inputSchema: jsonSchema()'.length)
  return [
    `    ${typescriptLiteral(name)}: tool({`,
    ...(description === undefined ? [] : [`      description: ${typescriptLiteral(description)},`]),
    `      inputSchema: jsonSchema(${schema}),`,
    '    }),',
  ].join('\n')
}

/** Text, or images and text. */
const userContent = ({ content, images = [] }: Extract<RunMessage, { readonly role: 'user' }>): unknown =>
  images.length === 0
    ? content
    : [
        ...images.map(({ format, data }) => ({ type: 'file', mediaType: `image/${format}`, data })),
        { type: 'text', text: content },
      ]

/** The messages of the conversation. A result names its tool, too, which the page knows from the call. */
function modelMessages(messages: readonly RunMessage[]): readonly object[] {
  const names = new Map(
    messages.flatMap((message) =>
      message.role === 'assistant' ? (message.toolCalls ?? []).map(({ id, name }) => [id, name] as const) : [],
    ),
  )
  return messages.map((message) => {
    if (message.role === 'tool') {
      const { toolCallId, content } = message
      const output = { type: 'text', value: content }
      const toolName = names.get(toolCallId) ?? ''
      return { role: 'tool', content: [{ type: 'tool-result', toolCallId, toolName, output }] }
    }
    if (message.role === 'user') return { role: message.role, content: userContent(message) }
    if (message.toolCalls === undefined) return { role: message.role, content: message.content }
    const text = message.content === '' ? [] : [{ type: 'text', text: message.content }]
    const calls = message.toolCalls.map(({ id, name, input }) => ({
      type: 'tool-call',
      toolCallId: id,
      toolName: name,
      input,
    }))
    return { role: 'assistant', content: [...text, ...calls] }
  })
}
