import { expect, test, vi } from 'vitest'
import { parseContainerError, parseContainerErrorText } from './container-error.ts'
import { quote } from './quote.ts'
import { containerPart } from './service-failure.ts'
import { errorFromContainer } from './to-error.ts'

/** How many characters a piece of work looks at. */
function charactersRead(work: () => void): number {
  const spy = vi.spyOn(String.prototype, 'charCodeAt')
  try {
    work()
    return spy.mock.calls.length
  } finally {
    spy.mockRestore()
  }
}

// Each of these is echoed, and has all of its windows in the message.
test.each(['A', '0, ', 'ha ', 'the quick brown fox ', '漢字'])(
  'a prompt of %j is taken out of its echo by reading both once',
  (word) => {
    const cost = [8, 16, 32, 64].map((size) => {
      const prompt = word.repeat((size * 1024) / word.length)
      const request = JSON.stringify({ inputs: prompt })
      return charactersRead(() => {
        const reported = { message: `bad: ${prompt}`, status: 422, kind: 'validation' } as const
        expect(errorFromContainer(reported, { endpointName: 'e', request }).message).toContain('"bad: [request text]')
      })
    })
    const perCharacter = cost.map((count, index) => count / (1024 * 8 * 2 ** index))
    // In addition to the prompt, 4,000 characters of the message are read.
    for (const count of perCharacter) expect(count).toBeLessThan(3)
    expect(perCharacter.at(-1)).toBeLessThanOrEqual(perCharacter[0] as number)
  },
)

test('texts that make expressions backtrack are read within a second, whatever their length', () => {
  const texts = [
    "ErrorInfo(message=' ".repeat(50_000),
    `ErrorInfo(message=${"'".repeat(500_000)}`,
    'Received client error (400) from primary with message "'.repeat(20_000),
    `Received client error (400) from primary with message "${'" '.repeat(200_000)}`,
    'inputs '.repeat(100_000),
    'model '.repeat(100_000),
    'batch size 3 > '.repeat(50_000),
    `x-amz-security-token${' '.repeat(500_000)}`,
    '. '.repeat(300_000),
  ]
  const startedAt = performance.now()
  for (const text of texts) {
    parseContainerErrorText(JSON.stringify({ error: text }))
    containerPart({ name: 'ModelError', message: text })
    quote(text)
  }
  // Without bounds, each of the first four takes minutes.
  expect(performance.now() - startedAt).toBeLessThan(5_000)
})

test.each(['error', 'message', 'detail'])(
  'a value nested deeper than the stack in %s is no error of ours',
  (member) => {
    let value: unknown = 'x'
    for (let depth = 0; depth < 100_000; depth++) value = depth % 2 === 0 ? [value] : { [member]: value }
    expect(() => parseContainerError({ [member]: value })).not.toThrow()
  },
)

test('LMI hides the status of its engine in the repr() of an error', () => {
  const error = `ErrorInfo(message='It\\'s "too long"', type='BadRequestError', param=None, code=400)`
  expect(parseContainerErrorText(JSON.stringify({ error }), 424)).toEqual({
    message: `It\\'s "too long"`,
    status: 400,
    kind: 'validation',
  })
})

test("SageMaker quotes a container's message with quotes in it", () => {
  const message =
    'Received server error (500) from primary with message "{"error":"no \\"cat\\""}". See https://eu-west-1.console.aws.amazon.com/x for more information.'
  expect(containerPart({ name: 'ModelError', message })).toMatchObject({
    text: '{"error":"no \\"cat\\""}',
    status: 500,
    error: { message: 'no "cat"' },
  })
})

test('nothing in a message, an id or an ARN moves the cursor or writes from right to left', () => {
  const escape = '\u001B]52;c;ZXZpbA==\u0007\u009B2J\u202Efdp.exe\u0000'
  const error = errorFromContainer(
    { message: `bad${escape}`, status: 500, kind: 'model' },
    { endpointName: 'e', requestId: `id${escape}${'x'.repeat(5_000)}` },
  )
  const text = `${error.message}${JSON.stringify(error)}${String(error.stack)}`
  // oxlint-disable-next-line no-control-regex -- these are what must not be there
  expect(text.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/)
  expect(error.requestId?.length).toBeLessThanOrEqual(1_024)
})
