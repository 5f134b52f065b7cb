import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../packages/published-packages.ts'

const workflows = globSync('.github/workflows/*.yml', { cwd: root }).map((name) => ({
  name,
  lines: readFileSync(path.join(root, name), 'utf8').split('\n'),
}))

describe.each(workflows)('$name', ({ lines }) => {
  test('pins every action by commit and says which version that is', () => {
    const uses = lines.filter((line) => /\buses:/.test(line))
    expect(uses.length).toBeGreaterThan(0)
    expect(uses.filter((line) => !/uses: [\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([])
  })

  test('has no permission beyond reading unless a job says so', () => {
    const start = lines.indexOf('permissions:')
    expect(lines.slice(start, start + 2)).toEqual(['permissions:', '  contents: read'])
  })

  test('bounds the time of every job and keeps no credentials in the checkout but to push', () => {
    const count = (text: string): number => lines.filter((line) => line.trim().startsWith(text)).length
    expect(count('timeout-minutes:')).toBe(count('runs-on:'))
    expect(count('persist-credentials:')).toBe(count('- uses: actions/checkout@'))
  })
})

test('the job that may publish installs nothing, and no other job has an identity', () => {
  const text = readFileSync(path.join(root, '.github', 'workflows', 'release.yml'), 'utf8')
  const jobs = text.split(/^ {2}(?=\w+:$)/m)
  const withIdentity = jobs.filter((job) => job.includes('id-token: write'))
  expect(withIdentity.map((job) => /^\w+/.exec(job)?.[0])).toEqual(['publish'])
  expect(withIdentity.join('')).not.toMatch(/npm (?:ci|install|i|run|test)\b|npx|pnpm|\.ci\/run/)
})
