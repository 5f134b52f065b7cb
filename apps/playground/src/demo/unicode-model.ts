import { part, pause, scripted, stream, type LocalEndpoint } from '@x/sagemaker-local'

const answer =
  'Café, naïve, Zürich. Ελλάδα, Україна, 東京, 서울, ไทย, مرحبا, שלום. ' +
  'Two bytes: é. Three bytes: €. Four bytes: 😀, and a family of seven code points: 👨‍👩‍👧‍👦.'

const chunk = (delta: object, finishReason: string | null = null): string =>
  `data: ${JSON.stringify({ object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finishReason }] })}\n\n`

/** Answers everything with the same text in many scripts, so that there are characters to cut. */
export function unicodeModel(pauseMs: number): LocalEndpoint {
  const model = scripted(() => {
    const tokens = answer.match(/\s*\S+/g) ?? []
    return stream([
      ...tokens.flatMap((content) => [pause(pauseMs), part(chunk({ content }))]),
      part(chunk({}, 'stop')),
      part('data: [DONE]\n\n'),
    ])
  })
  return { ...model, description: 'A fixed text in many scripts, in the format of vLLM (openai)' }
}
