import { describe, expect, it } from 'vitest'
import { runCommandLine } from './run-command-line.ts'
import { collectingContext } from './test-support/collecting-context.ts'

async function run(...args: string[]) {
  const { context, written } = collectingContext()
  return { code: await runCommandLine(args, context), ...written }
}

describe('a command line that is not understood', () => {
  it.each([
    [['complete', '--endpoint', 'x', 'a', 'b'], 'One text at a time: put it in quotes.'],
    [['complete', '--endpoint', 'x', '-'], 'The text is empty.'],
    [
      ['complete', 'Hello'],
      'Give --endpoint NAME, with --url http://127.0.0.1:8080 for a local runtime (npx @x/sagemaker-local',
    ],
    [
      ['complete', '--endpoint', 'x', '--temperature', 'hot', 'Hello'],
      '--temperature must be a number from 0, not hot.',
    ],
    [['complete', '--endpoint', 'x', '--seed', '1.5', 'Hello'], '--seed must be a whole number, not 1.5.'],
    [['complete', '--endpoint', 'x', '--handler', 'tgj', 'Hello'], '--handler must be one of auto, openai, tgi'],
    [['complete', '--endpoint', 'x', '--url', 'there', 'Hello'], '--url must be an address such as'],
    [['chat', '--endpont', 'x'], "Unknown option '--endpont'. See --help."],
    [['chat', '--local', '--region', 'eu-west-1', 'Hello'], '--local has its own demo models: leave out --region.'],
    [['chat', '--local', '--endpoint', 'x', 'Hello'], '--local has no x, but demo-llm'],
    [['chat', '--endpoint', 'x', '--parameter', 'top_p', 'Hello'], '--parameter needs name=value, not top_p.'],
    [['embed', 'a.jsonl', 'b.jsonl', '--local'], 'One file at a time.'],
    [['embed', '/nonexistent/a.jsonl', '--local'], '/nonexistent/a.jsonl cannot be read (ENOENT).'],
    [['embed', '/', '--local'], '/ cannot be read (EISDIR).'],
    [['embed', 'a.jsonl', '--local', '-o', 'a.jsonl'], 'a.jsonl is what is read: choose another file to write.'],
    [['--once'], "Unknown option '--once'. See --help."],
    [['--port', 'http'], '--port must be a number from 0 to 65535, not http.'],
    [['page', 'now'], "Unexpected argument 'now'. See --help."],
    [['--captures', '/nonexistent/captures'], '--captures /nonexistent/captures cannot be read (ENOENT).'],
    [['scrub', '/nonexistent/capture.jsonl'], '/nonexistent/capture.jsonl cannot be read (ENOENT).'],
    [['scrub', import.meta.filename], 'Line 1 is not JSON: this is not a capture.'],
    [['doctor', 'my-llama'], 'The endpoint is given with --endpoint.'],
  ])('gets one sentence and exit code 2: %j', async (args, sentence) => {
    const { code, output, notes } = await run(...args)
    expect({ code, output, lines: notes.trimEnd().split('\n').length }).toEqual({ code: 2, output: '', lines: 1 })
    expect(notes).toContain(sentence)
  })
})

it('tells --help from a prompt that reads so', async () => {
  expect(await run('doctor', '-h')).toMatchObject({ code: 0, output: expect.stringContaining('--custom-attributes') })
  expect(await run('complete', '--', '--help')).toMatchObject({
    code: 2,
    notes: expect.stringContaining('Which endpoint?'),
  })
})

it('prints its version', async () => {
  expect(await run('--version')).toMatchObject({ code: 0, output: expect.stringMatching(/^\d+\.\d+\.\d+\S*\n$/) })
})
