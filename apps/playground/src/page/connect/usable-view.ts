import type { EndpointKind } from '../../protocol/setup.ts'

/** What an endpoint can be used in: a view, or one of the two tasks of Rerank. */
export type UsableView = 'chat' | 'complete' | 'embeddings' | 'rerank' | 'classify'

/** Names of kinds of models, and where each is used, the usual place first. */
export const kinds: Readonly<
  Record<EndpointKind, { readonly label: string; readonly views: readonly [UsableView, ...UsableView[]] }>
> = {
  text: { label: 'Language model', views: ['chat', 'complete'] },
  embedding: { label: 'Embedding model', views: ['embeddings'] },
  rerank: { label: 'Reranker', views: ['rerank'] },
  classification: { label: 'Classifier', views: ['classify'] },
}

export const viewLabels: Readonly<Record<UsableView, string>> = {
  chat: 'Chat',
  complete: 'Complete',
  embeddings: 'Embeddings',
  rerank: 'Rerank',
  classify: 'Classify',
}
