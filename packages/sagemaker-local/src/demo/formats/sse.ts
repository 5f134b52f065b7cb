import { part, type Step } from '../../endpoints/step.ts'

/** One server-sent event in one part. */
export function sseEvent(value: unknown): Step {
  return part(`data: ${JSON.stringify(value)}\n\n`)
}

/** The end marker of OpenAI's streams. */
export const sseDone: Step = part('data: [DONE]\n\n')
