import type { Component } from 'svelte'
import type { Playground } from '../shell/playground.svelte.ts'
import ScoresView from './scores-view.svelte'
import { Scores } from './scores.svelte.ts'

/** The view and what it shows, which outlives it. */
export interface OpenedScores {
  readonly View: Component<{ readonly scores: Scores }>
  readonly scores: Scores
}

/** What the page loads when rankings are first asked for. */
export const openScores = (playground: Playground): OpenedScores => ({
  View: ScoresView,
  scores: new Scores(playground),
})
