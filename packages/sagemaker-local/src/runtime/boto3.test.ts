import { execFile, execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { demoLanguageModel, startLocalRuntime } from '../index.ts'

const boto3Version = ((): string | undefined => {
  try {
    const version = execFileSync('python3', ['-c', 'import boto3; print(boto3.__version__)'], { stdio: 'pipe' })
    return version.toString().trim()
  } catch {
    return undefined
  }
})()

// A skipped test is easily overlooked, so the reason is printed.
if (boto3Version === undefined)
  console.warn('Skipped: python3 with boto3 is not to be had here, so Python is not tested.')

test.skipIf(boto3Version === undefined)('Python’s boto3 speaks to it, too', { timeout: 60_000 }, async () => {
  await using runtime = await startLocalRuntime({ endpoints: { llm: demoLanguageModel(), other: demoLanguageModel() } })
  const script = fileURLToPath(new URL('../test-support/boto3_client.py', import.meta.url))
  const { stdout } = await promisify(execFile)('python3', [script, runtime.url])
  const results = JSON.parse(stdout) as { session?: boolean; stream?: string[] }
  const refused = '{"error":"Input validation error: `top_k` must be strictly positive","error_type":"validation"}'
  expect(results).toMatchObject({
    invoke: { body: [{ generated_text: ' is never quite' }], contentType: 'application/json', variant: 'AllTraffic' },
    unknown: { code: 'ValidationError', status: 400, message: 'Endpoint nobody of account 123456789012 not found.' },
    refused: { code: 'ModelError', status: 424, originalStatus: 422, originalMessage: refused },
    throttled: { code: 'ThrottlingException', status: 400, message: 'Rate exceeded' },
    notReady: { code: 'ModelNotReadyException', status: 429 },
    async: expect.stringMatching(/^s3:\/\/sagemaker-local\/llm\/output\//),
    control: {
      endpoints: ['other', 'llm'],
      arn: 'arn:aws:sagemaker:us-east-1:123456789012:endpoint/llm',
      createdAt: expect.closeTo(Date.now() / 1000, -2),
      image: expect.stringContaining('/huggingface-pytorch-tgi-inference:'),
      unknown: { code: 'ValidationException', status: 400, message: expect.stringContaining('Could not find model') },
    },
  })
  expect(runtime.requests.some(({ customAttributes }) => customAttributes === 'a=b')).toBe(true)
  // Versions before 1.28 (2023) do not stream, and those before 1.35 (2024) have no sessions.
  expect([true, undefined]).toContain(results.session)
  if (results.session === undefined)
    console.warn(`boto3 ${boto3Version} has no sessions, so Python's sessions are not tested.`)
  if (results.stream === undefined)
    return console.warn(`boto3 ${boto3Version} does not stream, so Python's streams are not tested.`)
  expect(results).toMatchObject({
    stream: [/ is"/, / never"/, / quite"/].map((pattern) => expect.stringMatching(pattern)),
    broken: { parts: 1, error: expect.stringContaining('ModelStreamError') },
  })
})
