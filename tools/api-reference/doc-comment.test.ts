import { expect, test } from 'vitest'
import { markdownOf } from './doc-comment.ts'

test('a doc comment becomes Markdown without its frame and its release tag', () => {
  expect(markdownOf('/**\n * Cuts {@link LineDecoder | lines}.\n *\n * Slowly.\n *\n * @public\n */\n')).toBe(
    'Cuts `lines`.\n\nSlowly.',
  )
})

test('block tags become words, parameters a list', () => {
  const comment =
    '/**\n * Waits.\n *\n * @param timeMs - how long\n * @defaultValue 5\n * @throws\n *\n * {Oops} when late\n */'
  expect(markdownOf(comment)).toBe('Waits.\n\n- `timeMs`: how long\n\nDefault: 5\n\nThrows: `Oops` when late')
})

test('an example is shown and not run', () => {
  expect(markdownOf('/**\n * A.\n *\n * @example\n * ```ts\n * run()\n * ```\n */')).toBe(
    'A.\n\nExample:\n\n```typescript\nrun()\n```',
  )
})

test('what the compiler says of a constructor without a comment is left out', () => {
  expect(markdownOf('/**\n * Constructs a new instance of the `X` class\n */')).toBe('')
})
