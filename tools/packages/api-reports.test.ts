import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { publishedPackages } from './published-packages.ts'

/** Lines of an API report that follow the mark for «has no docstring», without their indentation. */
function undocumentedLines(report: string): string[] {
  const lines = report.split('\n')
  return lines.flatMap((line, index) => (line.includes('(undocumented)') ? [lines[index + 1]?.trim() ?? ''] : []))
}

const reports = publishedPackages().flatMap(({ folderName, folder }) =>
  globSync('etc/*.api.md', { cwd: folder }).map((name) => ({
    name: `${folderName}/${name}`,
    text: readFileSync(path.join(folder, name), 'utf8'),
  })),
)

describe('every public name and every member of it has a docstring', () => {
  test.each(reports)('$name', ({ text }) => {
    expect(text).toContain('API Report File')
    expect(undocumentedLines(text)).toEqual([])
  })
})
