import { terminalLine } from '@x/loopback-guard'
import type { RequestRecord } from '../contract/request-record.ts'

/** A request as one line for a terminal: `POST /v1/chat/completions my-llama 200 stream 812 ms, first token 120 ms, 9+40 tokens, alice`. */
export function requestLine(record: RequestRecord): string {
  const { method, path, model, status, stream, durationMs, firstTokenMs, inputTokens, outputTokens, keyName } = record
  const words = [method, path, model ?? '-', status, stream ? 'stream' : '', `${Math.round(durationMs)} ms`]
  const facts = [
    words.filter((word) => word !== '').join(' '),
    firstTokenMs === undefined ? '' : `first token ${Math.round(firstTokenMs)} ms`,
    inputTokens === undefined ? '' : `${inputTokens}+${outputTokens ?? 0} tokens`,
    keyName ?? '',
    record.outcome === 'aborted' ? 'client left' : (record.errorCode ?? ''),
  ]
  return terminalLine(facts.filter((fact) => fact !== '').join(', '))
}
