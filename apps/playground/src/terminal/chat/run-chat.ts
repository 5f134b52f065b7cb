import { SagemakerLLM } from '@x/sagemaker-llm'
import { chatOptions } from '../options/command-options.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { languageModelOptions } from '../options/language-model-options.ts'
import { parseOptions } from '../options/option-table.ts'
import { readInput } from '../read-input.ts'
import type { TerminalContext } from '../terminal-context.ts'
import { withEndpoint } from '../with-endpoint.ts'
import { Conversation } from './conversation.ts'
import { converse } from './converse.ts'

/** `playground chat`: one message, or a conversation. */
export async function runChat(args: readonly string[], context: TerminalContext): Promise<ExitCode> {
  const { values, positionals } = parseOptions(args, chatOptions)
  const { systemPrompt, ...model } = await languageModelOptions(values)
  return withEndpoint(values, 'demo-llm', context, async (endpoint) => {
    const modelNamed = (modelName: string | undefined): SagemakerLLM =>
      new SagemakerLLM({ endpoint, ...model, modelName })
    const conversation = new Conversation(modelNamed(model.modelName), context, {
      ...values,
      stream: values['no-stream'] !== true,
      systemPrompt,
      modelNamed,
    })
    const message = await readInput(positionals, context.input)
    if (message === undefined) return converse(conversation, context, { url: values.url, json: values.json })
    await conversation.say(message, context.interruption.signal)
    return exitCodes.success
  })
}
