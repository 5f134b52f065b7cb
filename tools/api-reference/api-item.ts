/** The part of an api-extractor document (`*.api.json`) that is read here: https://api-extractor.com/pages/setup/generating_docs/. */
export interface ApiItem {
  readonly kind: string
  readonly name?: string
  readonly docComment?: string
  readonly excerptTokens?: readonly { readonly text: string }[]
  readonly members?: readonly ApiItem[]
}
