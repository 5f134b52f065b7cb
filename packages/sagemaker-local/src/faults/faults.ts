/** What goes wrong with a request. */
export interface Faults {
  readonly probability?: number | undefined
}
