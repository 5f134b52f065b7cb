import { SagemakerError } from '@x/sagemaker-endpoint'
import { describe, expect, test } from 'vitest'
import type { FixtureCase } from './__fixtures__/container-fixture.ts'
import { containerFixtures } from './__fixtures__/container-fixtures.ts'
import { type Failure, failures } from './__fixtures__/failures.ts'
import { modelSettings } from './call/model-settings.ts'
import { prepareCall, type PreparedCall } from './call/prepared-call.ts'
import { readWholeAnswer } from './call/whole-answer.ts'
import type { ContentHandler } from './contract/content-handler.ts'
import { auto } from './handlers/auto.ts'
import type { SpinePart } from './parts/spine-part.ts'

/** Answers that end well, each read by the container's own handler and by `auto()`. */
const answers = containerFixtures.flatMap(({ name, handler, cases }) =>
  cases
    .filter(({ expected, errorOfStream }) => expected !== undefined && errorOfStream === undefined)
    .flatMap((fixture) =>
      (fixture.autoReads === false || handler.name === 'auto' ? [handler] : [handler, auto()]).map((reader) => ({
        name: `${name}: ${fixture.name}, by ${reader.name}`,
        fixture,
        reader,
      })),
    ),
)

function prepared(reader: ContentHandler, { prompt, messages = [], options = {} }: FixtureCase): Promise<PreparedCall> {
  const settings = modelSettings({ ...options, contentHandler: reader }, { endpointName: 'e', transport: 'invoke' })
  return prepareCall(prompt ?? messages, settings.generation, settings, true)
}

/** The code of the error that an answer ends with; `success` if it ends well. */
function ending(call: PreparedCall, read: (call: PreparedCall) => unknown): string {
  try {
    read(call)
    return 'success'
  } catch (error) {
    if (SagemakerError.is(error)) return error.code
    throw error
  }
}

function readStream(call: PreparedCall, text: string): readonly SpinePart[] {
  const parts: SpinePart[] = []
  const decoder = call.decoder(call.handler.reader(call.call), true)
  decoder.pushEach(new TextEncoder().encode(text), (part) => parts.push(part))
  decoder.flushEach((part) => parts.push(part))
  return parts
}

/** A stream of events or of lines, without the value at `position`, and with a failure there. */
function replaced(values: readonly string[], position: number, { value, lines }: Failure, isEvents: boolean): string {
  const json = JSON.stringify(value)
  const failure = lines ?? (isEvents ? `data: ${json}` : json)
  return values.map((each, at) => (at === position ? `${failure}${isEvents || lines ? '\n\n' : '\n'}` : each)).join('')
}

/** JSON lines, or the one document that takes several. */
function documentsIn(stream: string): readonly string[] {
  const lines = stream.match(/[^\n]+(?:\n|$)/g) ?? []
  const isLine = (line: string): boolean => /^\S.*[\]}]\s*$/.test(line)
  return lines.every(isLine) ? lines : [stream]
}

describe('an answer with a failure in place of one of its values is an error', () => {
  test.each(answers.filter(({ fixture }) => fixture.stream !== undefined))('$name', async ({ fixture, reader }) => {
    const { stream = '' } = fixture
    const isEvents = /^(?:data|event|:)/m.test(stream)
    const values = isEvents ? (stream.match(/[^]+?(?:\n\n|\r\n\r\n|$)/g) ?? []) : documentsIn(stream)
    const call = await prepared(reader, fixture)
    expect(ending(call, () => readStream(call, values.join('')))).toBe('success')
    const successes = failures.flatMap((failure) =>
      [...values.keys()]
        .filter(
          (position) =>
            ending(call, () => readStream(call, replaced(values, position, failure, isEvents))) === 'success',
        )
        .map((position) => `${failure.name} at ${position}`),
    )
    expect(successes).toEqual([])
  })

  test.each(answers.filter(({ fixture }) => fixture.whole !== undefined))(
    '$name, whole',
    async ({ fixture, reader }) => {
      const call = await prepared(reader, fixture)
      const endings = failures.map(({ name, value, lines }) => {
        const bytes = new TextEncoder().encode(lines ?? JSON.stringify(value))
        return `${name}: ${ending(call, () => readWholeAnswer(bytes, call))}`
      })
      expect(endings.filter((each) => /: (?:success|unexpected-response)$/.test(each))).toEqual([])
    },
  )
})
