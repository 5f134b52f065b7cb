/** What a shortcut does. */
export type ShortcutAction = 'shortcuts' | 'prompt' | 'new' | 'history' | 'wire' | 'theme'

interface Shortcut {
  readonly keys: readonly string[]
  readonly does: string
  /** What a single key does outside of fields; the others belong to the part of the page that has the focus. */
  readonly action?: ShortcutAction
}

export const shortcuts: readonly { readonly group: string; readonly shortcuts: readonly Shortcut[] }[] = [
  {
    group: 'Everywhere',
    shortcuts: [
      { keys: ['?'], does: 'Show this list', action: 'shortcuts' },
      { keys: ['W'], does: 'Show or hide the wire', action: 'wire' },
      { keys: ['T'], does: 'Change the theme', action: 'theme' },
      { keys: ['Esc'], does: 'Close what is open, or stop what runs' },
    ],
  },
  {
    group: 'Chat and Complete',
    shortcuts: [
      { keys: ['/'], does: 'Go to the prompt', action: 'prompt' },
      { keys: ['N'], does: 'Start a new conversation', action: 'new' },
      { keys: ['H'], does: 'Open the history', action: 'history' },
      { keys: ['Enter'], does: 'Send' },
      { keys: ['Shift', 'Enter'], does: 'Start a new line' },
      { keys: ['↑'], does: 'In an empty prompt: take up the last one again' },
    ],
  },
  {
    group: 'Wire and embeddings',
    shortcuts: [
      { keys: ['←', '→', '↑', '↓'], does: 'Go along a lane, or from point to point' },
      { keys: ['Space'], does: 'Replay the call' },
      { keys: [',', '.'], does: 'Step back and forth' },
      { keys: ['+', '−', '0'], does: 'Zoom the map' },
    ],
  },
]

const actions = new Map(
  shortcuts.flatMap((group) =>
    group.shortcuts.flatMap(({ keys, action }) =>
      action === undefined ? [] : [[keys[0]?.toLowerCase(), action] as const],
    ),
  ),
)

export type PressedKey = Pick<
  KeyboardEvent,
  'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing' | 'repeat' | 'defaultPrevented'
>

/** What a single key does, pressed where nothing is written. */
export function shortcutAction(event: PressedKey): ShortcutAction | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined
  if (event.isComposing || event.repeat || event.defaultPrevented) return undefined
  return actions.get(event.key.toLowerCase())
}

/** Whether keys that are pressed in an element are written, or choose something in it. */
export const takesKeys = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('input, select, textarea, [contenteditable], dialog, [role=dialog], svg') !== null
