import { downloadBlob } from '../wire/download-text.ts'
import type { EmbeddedRow } from './analysis/analysis-task.ts'
import { runAnalysis } from './analysis/run-analysis.ts'

/** Has the browser save texts and vectors as JSON lines. */
export async function saveEmbeddings(rows: readonly EmbeddedRow[]): Promise<void> {
  const lines = await runAnalysis('jsonLines', rows, { signal: new AbortController().signal })
  downloadBlob('vectors.jsonl', lines)
}
