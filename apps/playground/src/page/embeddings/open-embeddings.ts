import type { Component } from 'svelte'
import type { Playground } from '../shell/playground.svelte.ts'
import EmbeddingsView from './embeddings-view.svelte'
import { Study } from './study.svelte.ts'

/** The view and what it shows, which outlives it. */
export interface OpenedEmbeddings {
  readonly View: Component<{ readonly study: Study }>
  readonly study: Study
}

/** What the page loads when the embeddings are first asked for. */
export const openEmbeddings = (playground: Playground): OpenedEmbeddings => ({
  View: EmbeddingsView,
  study: new Study(playground),
})
