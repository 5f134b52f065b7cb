import { checkVectors } from '../vectors/check-vectors.ts'
import { principalComponents } from '../vectors/principal-components.ts'
import type { AnalysisName, AnalysisOutput, AnalysisReply, AnalysisRequest } from './analysis-task.ts'
import { embeddingLines } from './embedding-lines.ts'

const reply = (message: AnalysisReply): void => postMessage(message)

async function perform(request: AnalysisRequest): Promise<AnalysisOutput<AnalysisName>> {
  switch (request.name) {
    case 'checks':
      return checkVectors(request.input)
    case 'components':
      return principalComponents(request.input)
    case 'neighbours': {
      const { neighbourMap } = await import('../vectors/neighbour-map.ts')
      return neighbourMap(request.input.matrix, request.input.start, (share) => reply({ share }))
    }
    case 'jsonLines':
      return new Blob([...embeddingLines(request.input)], { type: 'application/jsonl' })
  }
}

addEventListener('message', (event: MessageEvent<AnalysisRequest>) => {
  perform(event.data).then(
    (output) => reply({ output }),
    // The page gets the worker's error event, as for any other failure here.
    (error: unknown) => setTimeout(() => reportError(error)),
  )
})
