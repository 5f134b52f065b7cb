import { aiSdkCode } from './ai-sdk-code.ts'
import type { CodeSample } from './code-sample.ts'
import { curlCode } from './curl-code.ts'
import { observedCode } from './observed-code.ts'
import { packagesCode } from './packages-code.ts'
import type { RecordedCall } from './recorded-call.ts'
import { sdkCode } from './sdk-code.ts'

/** The same call in every way that the page offers. */
export const codeSamples = (call: RecordedCall): readonly CodeSample[] =>
  [
    call.request.mode === 'observed' ? observedCode(call) : packagesCode(call, call.request),
    aiSdkCode(call),
    sdkCode(call),
    curlCode(call),
  ].filter((sample) => sample !== undefined)
