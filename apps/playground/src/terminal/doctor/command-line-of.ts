import type { Suggestion } from '@x/sagemaker-discovery'
import { shellQuote } from '../../code/shell-quote.ts'

/** Command line options for options of a model object. */
const optionNames: Readonly<Record<string, string>> = {
  customAttributes: '--custom-attributes',
  inferenceComponentName: '--component',
  inputType: '--input-type',
  modelName: '--model',
  pooling: '--pooling',
}

/**
 * Returns the suggested call as a command line of the playground, or `undefined` if the command line lacks a required
 * option.
 *
 * @param connection - Options that select the endpoint.
 */
export function commandLineOf(suggestion: Suggestion, connection: readonly string[]): string | undefined {
  const { call, handler, handlerOptions, options } = suggestion
  if (call !== 'chat' && call !== 'complete' && call !== 'embed') return undefined
  const words = [...connection, ...(handler === 'auto' ? [] : ['--handler', handler])]
  const { acceptEula, completeAs: _, ...others } = handlerOptions
  if (Object.keys(others).length > 0) return undefined
  if (acceptEula === true && !words.includes('--custom-attributes'))
    words.push('--custom-attributes', 'accept_eula=true')
  for (const [option, value] of Object.entries(options)) {
    const optionName = optionNames[option]
    if (optionName === undefined) return undefined
    if (!words.includes(optionName)) words.push(optionName, optionText(value))
  }
  const command = ['npx', '@x/playground', call, ...words].map(shellWord).join(' ')
  switch (call) {
    case 'chat':
      return `${command} Hello`
    case 'complete':
      return `${command} 'The capital of France is'`
    case 'embed':
      return `echo Hello | ${command} - --format text`
  }
}

/** The command line embeds texts, not queries. */
function optionText(value: unknown): string {
  return typeof value === 'object' && value !== null && 'text' in value ? String(value.text) : String(value)
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : shellQuote(word)
}
