import { expect, test } from 'vitest'
import { installedBy } from './install-lines.ts'

test('names what a reader would install, from commands and from tables', () => {
  const markdown = [
    '```sh',
    'npm i -D @x/one rxjs   # rxjs for operators',
    '```',
    'Run `npm install @x/two`.',
    '| use | `npm i three` |',
  ]
  expect(installedBy(markdown.join('\n'))).toEqual(['@x/one', 'rxjs', '@x/two', 'three'])
})
