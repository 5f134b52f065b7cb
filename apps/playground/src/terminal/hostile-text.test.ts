import { containerError, json, part, scripted, startLocalRuntime, stream, type LocalRuntime } from '@x/sagemaker-local'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { runCommandLine } from './run-command-line.ts'
import { collectingContext } from './test-support/collecting-context.ts'

// A busy machine is not a failure.
vi.setConfig({ testTimeout: 60_000 })

/** Writes the clipboard, clears the screen, goes up to forge a line, turns the line around; also in eight-bit form. */
const hostile = '\u001b]52;c;aGk=\u0007\u001b[2J\u001b[1Aforged\u202e\u009b31m'
const shown = '␛]52;c;aGk=␇␛[2J␛[1Aforged<U+202E><U+009B>31m'

const answer = [
  part(`data: ${JSON.stringify({ choices: [{ index: 0, delta: { reasoning_content: hostile } }] })}\n\n`),
  part(`data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: hostile } }] })}\n\n`),
  part(`data: ${JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}\n\n`),
  part('data: [DONE]\n\n'),
]

let runtime: LocalRuntime
beforeAll(async () => {
  runtime = await startLocalRuntime({
    endpoints: {
      answers: scripted(() => stream(answer)),
      refuses: scripted(() => containerError(400, `no ${hostile}`)),
      vectors: scripted((request) =>
        request.text.includes('bad')
          ? containerError(422, { error: hostile, error_type: 'Validation' })
          : json([[1, 2]]),
      ),
    },
  })
})
afterAll(() => runtime.close())

async function written(isTTY: boolean, command: string, endpoint: string, input: string, ...more: string[]) {
  const { context, written } = collectingContext(input, { isTTY })
  await runCommandLine([command, '--endpoint', endpoint, '--url', runtime.url, ...more], context)
  return written
}

const escape = '\u001b'
const ownSequences = new RegExp(`${escape}\\[\\d*m|\\r?${escape}\\[K`, 'g')

/** Control characters other than those of the playground's own colours and progress line. */
function foreignControls(text: string): readonly string[] {
  const controls = text.replace(ownSequences, '').match(/[\p{Bidi_Control}\p{Cc}]/gu) ?? []
  return controls.filter((character) => character !== '\n' && character !== '\t')
}

describe('what a model or a container writes', () => {
  it.each([
    ['chat', 'answers', 'hi\n'],
    ['complete', 'refuses', 'hi'],
    ['doctor', 'refuses', ''],
    ['doctor', 'answers', ''],
    ['embed', 'vectors', 'bad\n'],
  ])('cannot control the terminal of %s --endpoint %s', async (command, endpoint, input) => {
    const { output, notes } = await written(true, command, endpoint, input)
    expect(foreignControls(output + notes)).toEqual([])
  })

  it('is shown in symbols on a terminal, answer and reasoning', async () => {
    const { output, notes } = await written(true, 'chat', 'answers', 'hi\n')
    expect(output).toBe(`${shown}\n`)
    expect(notes).toContain(shown)
  })

  it('goes unchanged into a file or a pipe', async () => {
    expect((await written(false, 'chat', 'answers', 'hi\n')).output).toBe(`${hostile}\n`)
  })

  it('is escaped in JSON, and the same value', async () => {
    const { output } = await written(true, 'chat', 'answers', 'hi\n', '--json')
    expect(foreignControls(output)).toEqual([])
    const events = output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; text?: string })
    expect(events.find(({ type }) => type === 'delta')?.text).toBe(hostile)
  })
})
