import type { ShownVector } from '../../../protocol/shown-vector.ts'
import type { CorpusRow } from '../corpus/parse-corpus.ts'
import type { VectorChecks } from '../vectors/check-vectors.ts'
import type { Matrix } from '../vectors/matrix.ts'
import type { PrincipalComponents } from '../vectors/principal-components.ts'

/** A text with what became of it. */
export interface EmbeddedRow extends CorpusRow {
  readonly embedding: ShownVector | undefined
  readonly error: { readonly code: string; readonly message: string } | undefined
}

/** What a worker can do, with what it takes and gives. */
export interface AnalysisTasks {
  readonly checks: { readonly input: Matrix; readonly output: VectorChecks }
  readonly components: { readonly input: Matrix; readonly output: PrincipalComponents }
  readonly neighbours: {
    readonly input: { readonly matrix: Matrix; readonly start: Float32Array }
    readonly output: Float32Array
  }
  readonly jsonLines: { readonly input: readonly EmbeddedRow[]; readonly output: Blob }
}

export type AnalysisName = keyof AnalysisTasks
export type AnalysisInput<Name extends AnalysisName> = AnalysisTasks[Name]['input']
export type AnalysisOutput<Name extends AnalysisName> = AnalysisTasks[Name]['output']

/** What the page sends to a worker; there is one message per worker. */
export type AnalysisRequest = {
  [Name in AnalysisName]: { readonly name: Name; readonly input: AnalysisInput<Name> }
}[AnalysisName]

/** What a worker answers: any number of shares, and then the output. */
export type AnalysisReply = { readonly share: number } | { readonly output: AnalysisOutput<AnalysisName> }
