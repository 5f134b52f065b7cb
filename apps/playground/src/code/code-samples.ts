import { isConversation } from '../protocol/recorded-request.ts'
import { aiSdkCode } from './ai-sdk-code.ts'
import type { CodeSample } from './code-sample.ts'
import { curlCode } from './curl-code.ts'
import { observedCode } from './observed-code.ts'
import { packagesCode } from './packages-code.ts'
import type { RecordedCall } from './recorded-call.ts'
import { scoringCode } from './scoring-code.ts'
import { sdkCode } from './sdk-code.ts'

/** The same call in every way that the page offers. */
export const codeSamples = (call: RecordedCall): readonly CodeSample[] =>
  [ownCode(call), aiSdkCode(call), sdkCode(call), curlCode(call)].filter((sample) => sample !== undefined)

/** With the packages of this project. */
function ownCode(call: RecordedCall): CodeSample {
  const { request } = call
  if (request.mode === 'observed') return observedCode(call)
  return isConversation(request) ? packagesCode(call, request) : scoringCode(call, request)
}
