import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../packages/published-packages.ts'
import { foreignPhrases } from './plain-english.ts'

test('names the place, the phrase and what to write instead', () => {
  expect(foreignPhrases('a.ts', 'one\n// Whoever asks waits for ever.')).toEqual([
    'a.ts:2: "Whoever". Write: name them: callers, users, the client',
    'a.ts:2: "for ever". Write: forever',
  ])
  expect(foreignPhrases('a.md', 'A process of its own')).toEqual([
    'a.md:1: "of its own". Write: its own X, a separate X',
  ])
  expect(foreignPhrases('a.md', 'Besides that')).toHaveLength(1)
  expect(foreignPhrases('a.ts', '  /** The text. */\n  readonly text: string')).toHaveLength(1)
})

test('leaves alone what only looks like it', () => {
  expect(
    foreignPhrases(
      'a.ts',
      'calls are told apart by their ids; the fisherman mends nets; of its own accord; beside it; forever',
    ),
  ).toEqual([])
})

test('comments, documents and messages are in plain technical English', () => {
  // The list itself, API reports, what containers wrote, and what demo models are trained on.
  const without = [
    ':!tools/docs/plain-english*',
    ':!**/__fixtures__/**',
    ':!**/*.test.ts',
    ':!**/*.api.md',
    ':!packages/sagemaker-local/src/demo/text',
  ]
  const tracked = execFileSync('git', ['ls-files', '-z', '*.ts', '*.mjs', '*.svelte', '*.md', ...without], {
    cwd: root,
    encoding: 'utf8',
  })
  const files = tracked.split('\0').filter((file) => file !== '')
  expect(files.length).toBeGreaterThan(500)
  expect(files.flatMap((file) => foreignPhrases(file, readFileSync(path.join(root, file), 'utf8')))).toEqual([])
})
