import type { RunEvent } from '../../../protocol/run-event.ts'
import { activePath } from '../tree/conversation-tree.ts'
import { placedTurns, titleOf, type KeptAnswer, type KeptConversation } from './kept-conversation.ts'

/** Writes what is in view of a conversation as Markdown. */
export function conversationMarkdown(conversation: KeptConversation): string {
  const { mode, panes } = conversation
  const blocks = activePath(placedTurns(conversation.turns)).flatMap(({ turn, answers }) => [
    ...(turn.question.prompt === undefined
      ? turn.question.toolResults.map(({ content }) => `## Result of a tool\n\n${fenced(content)}`)
      : [`## ${mode === 'chat' ? 'You' : 'Text'}\n\n${imageNote(turn.question.images ?? [])}${turn.question.prompt}`]),
    ...answers.flatMap((answer, column) =>
      answer === undefined
        ? []
        : [`## ${answer.request.endpoint.name}${panes.length > 1 ? ` (column ${column + 1})` : ''}\n\n${said(answer)}`],
    ),
  ])
  return `${[`# ${oneLine(titleOf(conversation))}`, ...blocks].join('\n\n')}\n`
}

const imageNote = (images: readonly unknown[]): string =>
  images.length === 0 ? '' : `*${images.length} ${images.length === 1 ? 'image' : 'images'}*\n\n`

function said({ events }: KeptAnswer): string {
  const reasoning = textOf(events, 'reasoning')
  const error = events.find((event) => event.type === 'error')
  return [
    ...(reasoning === ''
      ? []
      : [
          reasoning
            .split('\n')
            .map((line) => `> ${line}`.trimEnd())
            .join('\n'),
        ]),
    textOf(events, 'text'),
    ...toolCalls(events).map(({ name, input }) => `Calls \`${name}\`:\n\n${fenced(input, 'json')}`),
    ...(error === undefined ? [] : [`**Error** \`${error.code}\`: ${oneLine(error.message)}`]),
  ]
    .filter((block) => block !== '')
    .join('\n\n')
}

/** What an answer says on one channel. */
export const textOf = (events: readonly RunEvent[], channel: 'text' | 'reasoning'): string =>
  events.map((event) => (event.type === 'delta' && event.channel === channel ? event.text : '')).join('')

function toolCalls(events: readonly RunEvent[]): { name: string; input: string }[] {
  const calls = new Map<number, { name: string; input: string }>()
  for (const event of events) {
    if (event.type !== 'delta' || event.channel !== 'tool') continue
    const { index = 0, name } = event.tool ?? {}
    const call = calls.get(index) ?? { name: '', input: '' }
    calls.set(index, { name: name ?? call.name, input: call.input + event.text })
  }
  return [...calls.values()]
}

/** A code block whose fence is longer than any in the text. */
function fenced(text: string, language = ''): string {
  const longest = (text.match(/`+/g) ?? []).reduce((length, run) => Math.max(length, run.length), 2)
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${text}\n${fence}`
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()
