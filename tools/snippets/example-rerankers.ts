import { json, type LocalEndpoint, scripted } from '@x/sagemaker-local'

const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[a-z]{3,}/g) ?? []

/** A reranker in the format of TEI: the share of the words of the query that a document has, in any form. */
export function exampleReranker(): LocalEndpoint {
  return scripted((request) => {
    const { query, texts } = request.json() as { readonly query: string; readonly texts: readonly string[] }
    const stems = wordsOf(query).map((word) => word.slice(0, 4))
    const scores = texts.map((text, index) => {
      const words = wordsOf(text)
      const found = stems.filter((stem) => words.some((word) => word.startsWith(stem)))
      return { index, score: found.length / stems.length }
    })
    return json(scores.toSorted((a, b) => b.score - a.score))
  })
}

/** A classifier in the format of TEI. */
export function exampleClassifier(): LocalEndpoint {
  return scripted((request) => {
    const { inputs } = request.json() as { readonly inputs: readonly (readonly [string])[] }
    return json(
      inputs.map(([text]) => {
        const score = wordsOf(text).some((word) => ['beautiful', 'good', 'great'].includes(word)) ? 0.9 : 0.1
        return [
          { label: 'POSITIVE', score },
          { label: 'NEGATIVE', score: 1 - score },
        ].toSorted((a, b) => b.score - a.score)
      }),
    )
  })
}
