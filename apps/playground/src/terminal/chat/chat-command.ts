import { writeFile } from 'node:fs/promises'
import type { TextOutput } from '../text-output.ts'
import type { Conversation } from './conversation.ts'

const help = `/clear          begin a new conversation
/system TEXT    set the system prompt; without TEXT there is none
/retry          ask the last message again
/model NAME     send NAME as model; without NAME, none
/save FILE      write the conversation as JSON
/exit           end; so does Ctrl-D
A line that ends with \\ goes on in the next one.`

/**
 * Does what a line with a slash says.
 *
 * @returns what comes next: the end, the next line, asking the last message again, or, for a line that is no command, saying it.
 */
export async function chatCommand(
  line: string,
  conversation: Conversation,
  notes: TextOutput,
): Promise<'exit' | 'next' | 'retry' | 'say'> {
  const [, name, argument = ''] = /^\/(\w+)(?:\s+(.*))?$/s.exec(line.trim()) ?? []
  switch (name) {
    case 'exit':
    case 'quit':
    case 'bye':
      return 'exit'
    case 'help':
      await notes.line(help)
      return 'next'
    case 'clear':
      conversation.clear()
      await notes.line('A new conversation.')
      return 'next'
    case 'system':
      conversation.systemPrompt = argument === '' ? undefined : argument
      await notes.line(argument === '' ? 'There is no system prompt.' : 'The system prompt is set.')
      return 'next'
    case 'retry':
      if (conversation.lastMessage !== undefined) return 'retry'
      await notes.line('There is no message to ask again.')
      return 'next'
    case 'model':
      conversation.useModel(argument === '' ? undefined : argument)
      await notes.line(argument === '' ? 'No model name is sent.' : `${argument} is sent as model.`)
      return 'next'
    case 'save':
      await notes.line(await save(conversation, argument))
      return 'next'
    case undefined:
      // A path, for example.
      return 'say'
    default:
      await notes.line(`There is no /${name}. /help lists what there is.`)
      return 'next'
  }
}

async function save({ messages }: Conversation, path: string): Promise<string> {
  if (path === '') return 'Where to? /save FILE'
  try {
    await writeFile(path, `${JSON.stringify(messages, undefined, 2)}\n`)
    return `${messages.length} messages are in ${path}.`
  } catch (error) {
    return `${path} could not be written: ${(error as NodeJS.ErrnoException).code ?? String(error)}.`
  }
}
