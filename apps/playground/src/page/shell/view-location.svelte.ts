export const views = [
  { id: 'connect', label: 'Connect' },
  { id: 'chat', label: 'Chat' },
  { id: 'complete', label: 'Complete' },
  { id: 'embeddings', label: 'Embeddings' },
  { id: 'scores', label: 'Rerank' },
  { id: 'calls', label: 'Calls' },
  { id: 'faults', label: 'Faults' },
] as const

export type View = (typeof views)[number]['id']

const viewInAddress = (): View => views.find(({ id }) => location.hash.split('/')[0] === `#${id}`)?.id ?? 'chat'

/** The view that the address names, so that reload, back and bookmarks work. */
export class ViewLocation {
  view: View = $state(viewInAddress())

  constructor() {
    addEventListener('hashchange', () => (this.view = viewInAddress()))
  }
}
