import { expect, test } from 'vitest'
import { entry, runModule } from '../../test-support/run-module.ts'

test.each([
  [
    'is not there',
    "Cannot find package '@aws-sdk/client-sagemaker-runtime'",
    'missing-dependency',
    'Install it: npm install @aws-sdk/client-sagemaker-runtime.',
  ],
  [
    'is in a bundle without require()',
    'Dynamic require of "node:stream" is not supported',
    'invalid-request',
    'define it in a banner, or mark @aws-sdk/* and @smithy/* as external.',
  ],
])('an SDK that %s is a misuse, whose message says what to do', async (_, reason, expected, advice) => {
  const [code, message, cause] = (await runModule(`
    import { registerHooks } from 'node:module'
    registerHooks({
      resolve(specifier, context, next) {
        if (specifier === '@aws-sdk/client-sagemaker-runtime') throw new Error(${JSON.stringify(reason)})
        return next(specifier, context)
      },
    })
    const { SagemakerEndpoint } = await import(${JSON.stringify(entry)})
    const endpoint = new SagemakerEndpoint({ endpointName: 'it', region: 'us-east-1' })
    const error = await endpoint.invoke('{}').catch((error) => error)
    console.log(JSON.stringify([error.code, error.message, error.cause.message]))`)) as readonly string[]
  expect(code).toBe(expected)
  expect(message).toContain(advice)
  expect(message).toContain(`@aws-sdk/client-sagemaker-runtime could not be loaded: "${reason}".`)
  expect(cause).toBe(reason)
})
