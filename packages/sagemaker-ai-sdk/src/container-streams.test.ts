import { parts, stream } from '@x/sagemaker-local'
import { describe, expect, test } from 'vitest'
import { chatStreams } from './__fixtures__/chat-streams.ts'
import { otherStreams } from './__fixtures__/other-streams.ts'
import { hosts } from './test-support/hosts.ts'
import { streamedParts } from './test-support/read-parts.ts'
import { scriptedEndpoint } from './test-support/scripted-endpoint.ts'

const it = scriptedEndpoint()

describe.each(hosts)('in specification $version', ({ createSagemaker }) => {
  test.each([...chatStreams, ...otherStreams])('$name', async ({ settings, call, stream: bytes, parts: expected }) => {
    const model = createSagemaker(it.runtime.connection)('it', settings)
    it.answer(() => stream(parts(bytes, { size: 7 })))
    expect(await streamedParts(model, call)).toEqual(expected)
  })
})
