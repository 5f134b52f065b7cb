import type { GenerationOptions } from '@x/sagemaker-llm'
import { askModel, type RecordedAnswer } from './ask-model.ts'
import { textOfBytes } from './answer-checks.ts'
import { callError, excerpt, fail, pass, skipped, warn, wasNotSent, type Finding } from './finding.ts'
import type { KnownSubject } from './subject.ts'

/** Checks whether an answer ends at a stop string: at a word of the answer without one. */
export async function checkStop(subject: KnownSubject, answer: RecordedAnswer): Promise<Finding> {
  const stop = stopStringIn(answer.text)
  if (stop === undefined) return skipped('The answer is too short to stop within it.')
  const stopped = await askModel(subject, { stopSequences: [stop] })
  const text = await textOfBytes(Buffer.concat(stopped.parts.map(({ bytes }) => bytes)), subject)
  const at = text.indexOf(stop)
  const quoted = JSON.stringify(stop)
  if (stopped.warnings.length > 0) return warn(`${stopped.warnings.join(' ')} The client cuts the answer at ${quoted}.`)
  if (at === -1) {
    if (text.length < answer.text.length) return pass(`ends before ${quoted}`)
    return warn(`The answer to the same request does not come to ${quoted} again: the model is not repeatable.`)
  }
  if (text.slice(at + stop.length).trim() === '') return pass(`ends with ${quoted}, which the client takes away`)
  return warn(`The container goes on after ${quoted}: it ignores stop strings. The client cuts the answer there.`)
}

/** A word from the middle of the text, which does not occur before. */
function stopStringIn(text: string): string | undefined {
  const words = [...text.matchAll(/[\p{L}\p{N}]{2,}/gu)]
  const start = Math.floor(words.length / 2)
  if (start === 0) return undefined
  return words.slice(start).find((word) => text.indexOf(word[0]) === word.index)?.[0]
}

const tools: GenerationOptions['tools'] = [
  {
    toolSpec: {
      name: 'get_weather',
      description: 'Gets the weather in a city.',
      inputSchema: { json: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } },
    },
  },
]
const toolQuestion = { prompt: 'What is the weather in Paris now? Call the tool.', tools, maxNewTokens: 256 } as const

/** Checks tool calls: first by the model's own choice, then forced. */
export async function checkTools(subject: KnownSubject): Promise<Finding> {
  let refusal: string | undefined
  try {
    const answer = await askModel(subject, toolQuestion)
    if (answer.toolInputs.length > 0) return await judgeToolCall(subject, answer)
  } catch (error) {
    const refused = callError(error)
    if (wasNotSent(refused)) return skipped(sentenceOf(refused.message))
    refusal = excerpt(refused.originalMessage ?? refused.message)
  }
  const reason = refusal === undefined ? 'The model did not call the tool' : `The container refuses tools: "${refusal}"`
  try {
    const forced = await askModel(subject, { ...toolQuestion, toolChoice: { tool: { name: 'get_weather' } } })
    return warn(`${reason}; forced by toolChoice it ${forced.toolInputs.length > 0 ? 'does' : 'does not either'}.`)
  } catch (error) {
    callError(error)
    return warn(`${reason}.`)
  }
}

async function judgeToolCall(subject: KnownSubject, { toolInputs }: RecordedAnswer): Promise<Finding> {
  const [input] = toolInputs
  if (typeof input !== 'object')
    return warn(`The arguments of the call are not JSON: ${excerpt(JSON.stringify(input))}`)
  if (!subject.canStream) return pass(`called with ${JSON.stringify(input)}`)
  const { toolInputs: streamed } = await askModel(subject, { ...toolQuestion, stream: true })
  if (streamed.length === 0) return fail('A whole answer has the call of the tool, a stream has it not.')
  if (typeof streamed[0] !== 'object')
    return fail(`Streamed arguments of the call are not JSON: ${excerpt(JSON.stringify(streamed[0]))}`)
  return pass(`called with ${JSON.stringify(input)}, also in a stream`)
}

/** Checks answers that have to follow a JSON schema. */
export async function checkJson(subject: KnownSubject): Promise<Finding> {
  const schema = {
    type: 'object',
    properties: { capital: { type: 'string' } },
    required: ['capital'],
    additionalProperties: false,
  }
  try {
    const { text, warnings } = await askModel(subject, {
      prompt: 'What is the capital of France? Answer with JSON that has the member "capital".',
      responseFormat: { type: 'json', name: 'answer', schema },
      maxNewTokens: 128,
    })
    if (warnings.length > 0) return warn(warnings.join(' '))
    return isCapital(text)
      ? pass(excerpt(text, 60))
      : warn(`The answer does not follow the schema: ${excerpt(text, 60)}`)
  } catch (error) {
    const refused = callError(error)
    if (wasNotSent(refused)) return skipped(sentenceOf(refused.message))
    return warn(`The container refuses a schema: "${excerpt(refused.originalMessage ?? refused.message)}"`)
  }
}

function isCapital(text: string): boolean {
  try {
    return typeof (JSON.parse(text) as { capital?: unknown }).capital === 'string'
  } catch {
    return false
  }
}

/** Takes the code off a message. */
const sentenceOf = (message: string): string => message.replace(/^[\w-]+: /, '')
