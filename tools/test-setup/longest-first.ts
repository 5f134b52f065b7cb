import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Ends of the paths of test files that take half a minute and more. */
const longest = [
  'tools/packages/published-packages.test.ts',
  'tools/snippets/readme-snippets.test.ts',
  'tools/regular-expressions.test.ts',
  'tools/packages/install-lines.test.ts',
]

/**
 * Starts the test files that take longest before all others of their group. Vitest knows no times in a fresh clone: it goes by names
 * of projects and sizes of files, which leaves these to the end, where one process works and the other processors have nothing to do.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const groupOf = ({ project }: TestSpecification): number => project.config.sequence.groupOrder
    const rankOf = ({ moduleId }: TestSpecification): number => {
      const rank = longest.findIndex((end) => moduleId.endsWith(end))
      return rank === -1 ? longest.length : rank
    }
    const sorted = await super.sort(files)
    return sorted.toSorted((a, b) => groupOf(a) - groupOf(b) || rankOf(a) - rankOf(b))
  }
}
