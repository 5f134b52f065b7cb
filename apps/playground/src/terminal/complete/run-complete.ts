import { SagemakerLLM } from '@x/sagemaker-llm'
import { UsageError } from '../../command-line.ts'
import { printAnswer } from '../answer/print-answer.ts'
import { wholeAnswer } from '../answer/whole-answer.ts'
import { completeOptions } from '../options/command-options.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { languageModelOptions } from '../options/language-model-options.ts'
import { parseOptions } from '../options/option-table.ts'
import { readInput } from '../read-input.ts'
import type { TerminalContext } from '../terminal-context.ts'
import { withEndpoint } from '../with-endpoint.ts'

/** `playground complete`: continues a prompt. */
export async function runComplete(args: readonly string[], context: TerminalContext): Promise<ExitCode> {
  const { values, positionals } = parseOptions(args, completeOptions)
  const model = await languageModelOptions(values)
  const { signal } = context.interruption
  return withEndpoint(values, 'demo-llm', context, async (endpoint) => {
    const prompt = await readInput(positionals, context.input)
    if (prompt === undefined) throw new UsageError('What is the prompt? Give it in quotes, or pipe it in. See --help.')
    const llm = new SagemakerLLM({ endpoint, ...model })
    const stream = values['no-stream'] !== true
    const answer = stream ? llm.streamComplete(prompt, { signal }) : wholeAnswer(llm.complete(prompt, { signal }))
    await printAnswer(answer, context, { ...values, stream })
    return exitCodes.success
  })
}
