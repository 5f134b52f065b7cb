import { languageModelCodec } from '@x/sagemaker-llm'
import { formatDuration } from '../../page/call/format.ts'
import { suggestedLanguageOptions } from '../doctor/suggested-model.ts'
import { countingPrompt, type RecordedAnswer } from './ask-model.ts'
import { excerpt, fail, pass, skipped, warn, type Finding } from './finding.ts'
import type { KnownSubject } from './subject.ts'

/** Streams that take longer than this, in milliseconds, and arrive at the end only are called buffered. */
const noticeableMs = 400

/** Judges a whole answer, by `InvokeEndpoint`. */
export function judgeAnswer({ durationMs, hasReasoning, text, warnings }: RecordedAnswer): Finding {
  if (text.trim() === '' && !hasReasoning) return fail('The answer has no text.')
  const words = text.trim() === '' ? 'only reasoning, no text within 64 tokens' : `"${excerpt(text, 60)}"`
  const finding = `${words} in ${formatDuration(durationMs)}`
  return warnings.length === 0 ? pass(finding) : warn(`${finding}. ${warnings.join(' ')}`)
}

/** Judges a streamed answer, by `InvokeEndpointWithResponseStream`. */
export function judgeStream(
  { durationMs, fragments, hasReasoning, parts, text }: RecordedAnswer,
  canStream: boolean,
): Finding {
  if (text.trim() === '' && !hasReasoning) return fail('The streamed answer has no text.')
  const firstMs = parts[0]?.atMs ?? durationMs
  if (!canStream) return pass(`the whole answer in ${count(parts.length, 'part')}: this format does not stream`)
  if (fragments < 2) return warn('The answer came as a whole, although this format streams. Is streaming switched off?')
  const facts = `${count(fragments, 'fragment')} of text in ${count(parts.length, 'part')}, the first after ${formatDuration(firstMs)} of ${formatDuration(durationMs)}`
  const isLate = durationMs > noticeableMs && firstMs > 0.8 * durationMs
  return isLate ? warn(`${facts}. The answer is held back until it is complete: something buffers it.`) : pass(facts)
}

/** Judges where the stream was cut, and whether its text is that of its bytes in one piece. */
export async function judgeCuts({ parts, text }: RecordedAnswer, subject: KnownSubject): Promise<Finding> {
  const bytes = Buffer.concat(parts.map((part) => part.bytes))
  // A container that decodes token by token breaks characters of several tokens itself.
  if (text.includes('\u{FFFD}'))
    return fail('The container sends U+FFFD: it breaks characters that consist of several tokens.')
  const atOnce = await textOfBytes(bytes, subject)
  if (atOnce !== text)
    return fail(`The text of the stream, "${excerpt(text, 60)}", is not that of its bytes, "${excerpt(atOnce, 60)}".`)
  if (parts.length < 2) return skipped('The answer came in one part.')
  const { insideCharacters, insideEvents } = countCuts(
    bytes,
    parts.map((part) => part.bytes.length),
  )
  return pass(
    `${count(parts.length - 1, 'cut')}, ${insideEvents} of them inside an event and ${insideCharacters} inside a character; decoded without loss`,
  )
}

/** Counts cuts at which a reader that decodes part by part fails. */
export function countCuts(
  bytes: Uint8Array,
  lengths: readonly number[],
): { readonly insideCharacters: number; readonly insideEvents: number } {
  let at = 0
  let insideCharacters = 0
  let insideEvents = 0
  for (const length of lengths.slice(0, -1)) {
    at += length
    const next = bytes[at] ?? 0
    if ((next & 0b1100_0000) === 0b1000_0000) insideCharacters++
    if (bytes[at - 1] !== 0x0a) insideEvents++
  }
  return { insideCharacters, insideEvents }
}

/**
 * Reads the text of the bytes of an answer in one piece, without cutting stop strings off.
 *
 * @throws {SagemakerError}
 */
export async function textOfBytes(bytes: Uint8Array, subject: KnownSubject): Promise<string> {
  const codec = languageModelCodec(await suggestedLanguageOptions(subject))
  const input =
    subject.suggestion.call === 'complete' ? countingPrompt : [{ role: 'user', content: countingPrompt } as const]
  return (await codec.response(bytes, input)).text
}

/** Judges whether the container reports tokens. */
export function judgeUsage(whole: RecordedAnswer, streamed: RecordedAnswer | undefined): Finding {
  const answers = [['whole answers', whole] as const, ...(streamed ? [['streams', streamed] as const] : [])]
  const missing = answers.filter(([, { usage }]) => usage?.outputTokens === undefined).map(([name]) => name)
  const { inputTokens, outputTokens } = whole.usage ?? {}
  if (missing.length === 0) return pass(`${inputTokens ?? 'unknown'} input tokens, ${outputTokens} output tokens`)
  return warn(`No token counts with ${missing.join(' and ')}: costs and limits cannot be measured.`)
}

export const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`
